import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { verify, type WebhookRequest } from "./webhook-target.ts";

interface Asked {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A host on this machine to which webhooks go over HTTP. */
export class HttpTarget {
  readonly #server: Server;
  readonly #asked: Asked[] = [];
  /** The status of the next answers; undefined: there is none. */
  status: number | undefined = 200;

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
        this.#asked.push({ headers, body: Buffer.concat(chunks).toString() });
        if (this.status !== undefined) response.writeHead(this.status).end();
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/in?key=private`;
  }

  /** How often it was asked. */
  get count(): number {
    return this.#asked.length;
  }

  /** What it was told, as far as the signature of a secret holds. */
  told(secret: string): WebhookRequest[] {
    return this.#asked.map(({ headers, body }) => verify(secret, headers, body));
  }

  /** The texts of all messages, in the order in which they came. */
  texts(secret: string): string[] {
    return this.told(secret)
      .flatMap(({ body }) => body.data.entries ?? [])
      .map(({ payload }) => payload.message ?? "");
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
