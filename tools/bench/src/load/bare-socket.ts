import { connect, type Socket } from "node:net";

/** All sockets read into one buffer: a chunk is handled before the next is read. */
const READ_BYTES = 64 * 1024;
const readBuffer = Buffer.allocUnsafeSlow(READ_BYTES);

export interface SocketTarget {
  readonly port: number;
  readonly path: string;
  /** The loopback address to come from, if one has too few ports for all. */
  readonly from: string | undefined;
}

/**
 * A socket to a target without a stream of chunks. `close` comes after every error.
 * @param read takes a chunk, which is good only during the call
 */
export function bareSocket(
  { port, from }: Pick<SocketTarget, "port" | "from">,
  read: (chunk: Buffer) => void,
): Socket {
  const socket = connect({
    host: "127.0.0.1",
    port,
    ...(from === undefined ? {} : { localAddress: from }),
    noDelay: true,
    onread: {
      buffer: readBuffer,
      callback: (length) => {
        read(readBuffer.subarray(0, length));
        return true;
      },
    },
  });
  return socket.on("error", () => {});
}
