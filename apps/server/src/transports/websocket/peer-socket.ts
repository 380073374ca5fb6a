import { WebSocket } from "ws";

/** What hears what comes over a socket. */
export interface SocketListener {
  onMessage(data: Buffer, isBinary: boolean): void;
  /** ws has written the answer. */
  onPing(): void;
  onPong(): void;
  /** Once, at the end; 1006 if there was no closing handshake. */
  onClose(code: number): void;
}

/** A WebSocket with one listener. Functions of its own for each event would cost a socket 0.5 KB. */
export class PeerSocket extends WebSocket {
  listener: SocketListener | undefined;
}

/** Tells a listener from now on what comes in. */
export function listen(ws: PeerSocket, listener: SocketListener): void {
  ws.listener = listener;
  ws.on("message", onMessage);
  ws.on("ping", onPing);
  ws.on("pong", onPong);
  // ws closes by itself after an error, with the code that RFC 6455 has for it.
  ws.on("error", onError);
  ws.on("close", onClose);
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  listenerOf(this)?.onMessage(data, isBinary);
}

function onPing(this: WebSocket): void {
  listenerOf(this)?.onPing();
}

function onPong(this: WebSocket): void {
  listenerOf(this)?.onPong();
}

function onError(): void {}

function onClose(this: WebSocket, code: number): void {
  listenerOf(this)?.onClose(code);
}

function listenerOf(ws: WebSocket): SocketListener | undefined {
  return (ws as PeerSocket).listener;
}
