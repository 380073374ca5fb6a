/** What a transport reports. After `closed` it reports nothing more. */
export interface TransportListener {
  /** Frames can be sent from now on. */
  opened(): void;
  /** A text frame arrived, whole. Frames arrive in the order in which the server sent them. */
  received(text: string): void;
  /**
   * The connection is over, with one of the close codes of SPEC.md; 1006 if neither side sent a
   * code. A transport without close codes maps its failures to these.
   */
  closed(code: number): void;
}

/** How a client ends a connection: it leaves the room, or drops only this connection (SPEC P4). */
export type Goodbye = "left" | "lost";

/**
 * One connection that carries text frames both ways: a WebSocket, a stream with requests beside it,
 * polling, or a connection inside another. It starts opening when it is created. It does not
 * reconnect: a transport is used once, and the client opens the next one.
 */
export interface Transport {
  /** Called once, before anything is reported. */
  listen(listener: TransportListener): void;
  /** Sends a text frame, in order. Called only after `opened`; does nothing on a closed connection. */
  send(text: string): void;
  /** Closes the connection; may be called in any state. Later reports are ignored. */
  close(how: Goodbye): void;
}
