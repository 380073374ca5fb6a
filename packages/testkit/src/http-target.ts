import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that arrived. */
interface Asked {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A host on this machine that records what it is sent over HTTP. */
export class HttpTarget {
  /** All requests, oldest first. */
  readonly asked: Asked[] = [];
  /** The status of the next answers; undefined: there is none. */
  status: number | undefined = 200;
  readonly #server: Server;

  static async start(): Promise<HttpTarget> {
    const target = new HttpTarget();
    target.#server.listen(0, "127.0.0.1");
    await once(target.#server, "listening");
    return target;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const headers = request.headers as Record<string, string>;
        const body = Buffer.concat(chunks).toString();
        this.asked.push({ path: request.url ?? "", headers, body });
        if (this.status !== undefined) response.writeHead(this.status).end();
      });
    });
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
