import type { IncomingMessage } from "node:http";

/**
 * Reads what still comes of a body that was answered before its end: most clients read the answer
 * only once they have sent all, and then use the connection again. It is thrown away, and a client
 * that sends for longer than a request may take is disconnected, as always.
 */
export function readRest(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  const { socket } = request;
  // The connection is not idle yet, whatever Node sets as it has answered.
  const { timeout: idleMs = 0 } = socket;
  socket.setTimeout(0);
  request.once("end", () => socket.setTimeout(idleMs));
  // Who stopped reading it halfway may still listen.
  request.removeAllListeners("readable");
  request.resume();
}
