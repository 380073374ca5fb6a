import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

interface Asked {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Told {
  readonly data: { readonly entries?: readonly { readonly payload: { message?: string } }[] };
}

/** A host on this machine to which webhooks go. */
export class WebhookTarget {
  readonly #server: Server;
  readonly #asked: Asked[] = [];

  static async start(): Promise<WebhookTarget> {
    const target = new WebhookTarget();
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
        this.#asked.push({ path: request.url ?? "", headers, body });
        response.writeHead(204).end();
      });
    });
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The texts of all messages that a path received; throws if a signature is wrong. */
  texts(path: string, secret: string): string[] {
    return this.#asked
      .filter((asked) => asked.path === path)
      .map(({ body, headers }) => new Webhook(secret).verify(body, headers) as Told)
      .flatMap(({ data }) => data.entries ?? [])
      .map(({ payload }) => payload.message ?? "");
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
