import { CloseCode, SUBPROTOCOL, unreachable } from "@parley/protocol";
import type { Goodbye, Transport } from "./transport.ts";

/**
 * The close code of a socket that is given up while the member stays. Programs may send only 1000
 * and 3000 to 4999, because 1001 is for the browser itself. A close without a code would count as
 * leaving.
 */
const GIVEN_UP = 4001;

/**
 * Opens a WebSocket, in a browser or in Node, and asks for the subprotocol.
 * @param url such as `wss://host/ws`
 * @param socket one to there that is opening or open already, and has received nothing
 * @throws SyntaxError if `url` is no WebSocket address
 */
export function openWebSocket(url: string, socket = new WebSocket(url, SUBPROTOCOL)): Transport {
  return {
    listen(listener) {
      if (socket.readyState === WebSocket.OPEN) queueMicrotask(() => listener.opened());
      else socket.addEventListener("open", () => listener.opened());
      socket.addEventListener("message", ({ data }: { data: unknown }) => {
        if (typeof data === "string") listener.received(data);
      });
      socket.addEventListener("close", ({ code }) => listener.closed(code));
    },
    send: (text) => socket.send(text),
    close: (how) => socket.close(closeCodeOf(how)),
  };
}

function closeCodeOf(how: Goodbye): number {
  switch (how) {
    case "left":
      return CloseCode.left;
    case "lost":
      return GIVEN_UP;
    default:
      return unreachable(how);
  }
}
