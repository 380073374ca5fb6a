import { CloseCode, SUBPROTOCOL, unreachable } from "@parley/protocol";

/** What a socket tells. After `closed` it tells nothing more. */
export interface TransportListener {
  opened(): void;
  /** A text frame came. */
  received(text: string): void;
  /** The socket is closed; 1006 where no close frame came. */
  closed(code: number): void;
}

/** How a client ends a connection: for good, or only this socket (SPEC P4). */
export type Goodbye = "left" | "lost";

/** A socket of text frames, on its way to being open from the start. */
export interface Transport {
  /** Called once, before anything can have happened. */
  listen(listener: TransportListener): void;
  /** Only after `opened`; on a socket that closes meanwhile it does nothing. */
  send(text: string): void;
  /** In any state. */
  close(how: Goodbye): void;
}

/**
 * The code of a socket that is given up while the person stays. Programs may send only 1000 and
 * 3000 to 4999: 1001 is for the browser itself. No code at all would read as leaving.
 */
const GIVEN_UP = 4001;

/**
 * Opens a WebSocket, in a browser or in Node, and asks for the subprotocol.
 * @param url such as `wss://host/ws`; anything that is no WebSocket address throws
 */
export function openWebSocket(url: string): Transport {
  const socket = new WebSocket(url, SUBPROTOCOL);
  return {
    listen(listener) {
      socket.addEventListener("open", () => listener.opened());
      socket.addEventListener("message", ({ data }: { data: unknown }) => {
        if (typeof data === "string") listener.received(data);
      });
      socket.addEventListener("close", ({ code }) => listener.closed(code));
    },
    send: (text) => socket.send(text),
    close: (how) => socket.close(codeOf(how)),
  };
}

function codeOf(how: Goodbye): number {
  switch (how) {
    case "left":
      return CloseCode.left;
    case "lost":
      return GIVEN_UP;
    default:
      return unreachable(how);
  }
}
