import type { ServerResponse } from "node:http";
import type { Sink } from "../outgoing.ts";

/**
 * A response as what is written to a peer. Once it has ended, its last bytes wait in the socket; an
 * answer that stands behind another one waits in the response, and not in the socket yet.
 */
export function responseSink(response: ServerResponse): Sink {
  const { socket } = response.req;
  const waiting = () => (response.writableEnded ? socket : response);
  return {
    write: (bytes) => response.write(bytes),
    cork: () => response.cork(),
    uncork: () => response.uncork(),
    once: (event, listener) => waiting().once(event, listener),
    get writableLength() {
      return response.writableLength;
    },
    get writableNeedDrain() {
      return waiting().writableNeedDrain;
    },
    get bytesWritten() {
      return socket.bytesWritten;
    },
  };
}
