import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** One address in front of several servers; nobody has to come back to where they were. */
export interface Balancer {
  /** Where pages and sockets are, whichever server has them. */
  readonly url: string;
  /** How many WebSockets each server has by way of it. */
  readonly sockets: () => readonly number[];
  readonly dispose: () => Promise<void>;
}

/** A connection asks for a WebSocket in its first words, and is nothing else from then on. */
const ASKS_FOR_SOCKET = /^upgrade: websocket\r$/im;

/**
 * Balances TCP connections on a free port of 127.0.0.1: each goes to the server with the fewest
 * WebSockets, and on to the next where that one refuses.
 * @param ports of the servers, on 127.0.0.1
 */
export async function balance(ports: readonly number[]): Promise<Balancer> {
  const nodes = ports.map((port) => ({ port, sockets: 0 }));
  const open = new Set<Socket>();

  const pass = (near: Socket, first: Buffer, left: typeof nodes): void => {
    const [node, ...others] = left;
    if (!node) {
      near.destroy();
      return;
    }
    const far = connect(node.port, "127.0.0.1");
    const onRefused = () => pass(near, first, others);
    far.once("error", onRefused);
    far.once("connect", () => {
      far.off("error", onRefused).on("error", () => far.destroy());
      const sockets = ASKS_FOR_SOCKET.test(first.toString("latin1")) ? 1 : 0;
      node.sockets += sockets;
      far.once("close", () => {
        node.sockets -= sockets;
        near.destroy();
      });
      near.once("close", () => far.destroy());
      far.write(first);
      near.pipe(far).pipe(near);
    });
  };
  const server = createServer((near) => {
    open.add(near);
    near.once("close", () => open.delete(near)).on("error", () => near.destroy());
    near.once("data", (first: Buffer) => {
      near.pause();
      pass(
        near,
        first,
        nodes.toSorted((a, b) => a.sockets - b.sockets),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets: () => nodes.map(({ sockets }) => sockets),
    dispose: async () => {
      const closed = once(server, "close");
      server.close();
      for (const near of open) near.destroy();
      await closed;
    },
  };
}
