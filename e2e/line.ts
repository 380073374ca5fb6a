import { once } from "node:events";
import { createServer, request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** The way from somebody's browser to the server: pages come through always, sockets only while it is up. */
export interface Line {
  /** Where the server's pages are found on this line. */
  readonly url: string;
  /** Ends every socket at once, and refuses new ones. */
  readonly cut: () => void;
  /** Lets sockets through again. */
  readonly mend: () => void;
  readonly dispose: () => Promise<void>;
}

/**
 * Lays a line to a server, as a proxy on a free port of 127.0.0.1.
 * @param target the server's own address, such as `http://127.0.0.1:4711`
 */
export async function layLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Duplex>();
  let isUp = true;

  const proxy = createServer((asked, answer) => {
    const { method, headers, url: path } = asked;
    const onward = request({ hostname, port, method, headers, path }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on("error", () => answer.writeHead(502).end());
    asked.pipe(onward);
  });
  proxy.on("upgrade", (asked: IncomingMessage, near: Socket, first: Buffer) => {
    near.on("error", () => near.destroy());
    if (!isUp) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname, () => {
      far.write(handshake(asked));
      far.write(first);
      near.pipe(far).pipe(near);
    });
    far.on("error", () => near.destroy());
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("No port");

  const cut = () => {
    isUp = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    mend: () => {
      isUp = true;
    },
    dispose: async () => {
      cut();
      proxy.closeAllConnections();
      await new Promise((resolve) => {
        proxy.close(resolve);
      });
    },
  };
}

/** A request to open a socket, as it came. */
function handshake({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}
