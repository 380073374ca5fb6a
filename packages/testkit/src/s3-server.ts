import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { wrongSignature } from "./s3-signature.ts";

const KEY = { key: "KEY-OF-TESTS", secret: "secret/of+tests" };
const BUCKET = "bucket-of-tests";
/** Clocks may differ by so much, in ms. */
const SKEW_MS = 15 * 60_000;
const LISTED_MAX = 1_000;

/** How a request fails: with a status and a code, without an answer, or in the middle of one. */
type S3Fault = { readonly status: number; readonly code: string } | "no answer" | "half an answer";

/**
 * A small server that speaks S3 as Amazon's manual defines it, in this process: objects of one bucket
 * in memory, put, also only if absent, read in ranges, listed in pages and deleted by signed requests.
 */
export class S3Server {
  /** By key. */
  readonly objects = new Map<string, Buffer>();
  /** Method and key of all requests so far, also of those that failed. */
  readonly requests: string[] = [];
  /** Makes requests fail; undefined: this one does not. */
  fault: (method: string, key: string, headers: IncomingHttpHeaders) => S3Fault | undefined = () =>
    undefined;
  readonly #server: Server;

  static async start(): Promise<S3Server> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new S3Server(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** As the setting FILES names the bucket. */
  url(prefix = ""): string {
    const { port } = this.#server.address() as AddressInfo;
    const user = `${KEY.key}:${encodeURIComponent(KEY.secret)}`;
    return `s3://${user}@127.0.0.1:${port}/${BUCKET}${prefix}?region=eu-test-1&tls=off`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const [, bucket, ...rest] = pathname.split("/");
    const key = decodeURIComponent(rest.join("/"));
    this.requests.push(`${method} ${key}`);

    const fault = this.fault(method, key, request.headers);
    if (fault === "no answer") return void request.socket.destroy();
    if (typeof fault === "object") return refuse(response, fault.status, fault.code);
    const wrong = wrongSignature({ method, url, headers: request.headers }, KEY);
    if (wrong) return refuse(response, 403, wrong);
    const age = Date.now() - timeOf(request);
    if (Math.abs(age) > SKEW_MS) return refuse(response, 403, "RequestTimeTooSkewed");
    if (bucket !== BUCKET) return refuse(response, 404, "NoSuchBucket");

    if (method === "PUT" && key) {
      const isTaken = request.headers["if-none-match"] === "*" && this.objects.has(key);
      if (isTaken) return refuse(response, 412, "PreconditionFailed");
      return this.#put(key, Buffer.concat(chunks), response);
    }
    if (method === "DELETE" && key) return this.#delete(key, response);
    if (method === "GET" && key) return this.#get(key, request, response, fault !== undefined);
    if (method === "GET") return this.#list(searchParams, response, fault !== undefined);
    refuse(response, 405, "MethodNotAllowed");
  }

  #put(key: string, bytes: Buffer, response: ServerResponse): void {
    this.objects.set(key, bytes);
    response.writeHead(200, { etag: etagOf(bytes), "content-length": 0 }).end();
  }

  #delete(key: string, response: ServerResponse): void {
    this.objects.delete(key);
    response.writeHead(204).end();
  }

  #get(key: string, request: IncomingMessage, response: ServerResponse, half: boolean): void {
    const bytes = this.objects.get(key);
    if (!bytes) return refuse(response, 404, "NoSuchKey");
    const headers = { etag: etagOf(bytes), "accept-ranges": "bytes" };
    const { first, last } = /^bytes=(?<first>\d+)-(?<last>\d*)$/.exec(request.headers.range ?? "")
      ?.groups ?? { first: undefined, last: undefined };
    if (first === undefined) return send(response, 200, headers, bytes, half);
    if (Number(first) >= bytes.length) return refuse(response, 416, "InvalidRange");
    const part = bytes.subarray(Number(first), last ? Number(last) + 1 : bytes.length);
    const range = `bytes ${first}-${Number(first) + part.length - 1}/${bytes.length}`;
    send(response, 206, { ...headers, "content-range": range }, part, half);
  }

  /** ListObjectsV2. The token of the next page is the last key or prefix of this one, encoded. */
  #list(parameters: URLSearchParams, response: ServerResponse, half: boolean): void {
    if (parameters.get("list-type") !== "2") return refuse(response, 501, "NotImplemented");
    const prefix = parameters.get("prefix") ?? "";
    const delimiter = parameters.get("delimiter") ?? "";
    const most = Math.min(Number(parameters.get("max-keys") ?? LISTED_MAX), LISTED_MAX);
    const token = parameters.get("continuation-token");
    const after = token === null ? "" : Buffer.from(token, "base64").toString();
    const listed = new Map<string, string>();
    for (const key of [...this.objects.keys()].toSorted(byBytes)) {
      if (!key.startsWith(prefix)) continue;
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      const name = end === -1 ? key : key.slice(0, end + delimiter.length);
      if (byBytes(name, after) <= 0 && token !== null) continue;
      listed.set(name, end === -1 ? this.#contents(key) : commonPrefix(name));
    }
    const page = [...listed].slice(0, most);
    const isTruncated = listed.size > page.length;
    const next = Buffer.from(page.at(-1)?.[0] ?? "").toString("base64");
    const xml = [
      `<?xml version="1.0" encoding="UTF-8"?>`,
      `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`,
      `<Name>${BUCKET}</Name><Prefix>${escapeXml(prefix)}</Prefix>`,
      `<KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys>`,
      `<IsTruncated>${isTruncated}</IsTruncated>`,
      ...(isTruncated ? [`<NextContinuationToken>${next}</NextContinuationToken>`] : []),
      ...page.map(([, item]) => item),
      `</ListBucketResult>`,
    ].join("");
    send(response, 200, { "content-type": "application/xml" }, Buffer.from(xml), half);
  }

  #contents(key: string): string {
    const bytes = this.objects.get(key) ?? Buffer.alloc(0);
    return [
      `<Contents><Key>${escapeXml(key)}</Key>`,
      `<LastModified>2026-01-01T00:00:00.000Z</LastModified>`,
      `<ETag>${escapeXml(etagOf(bytes))}</ETag><Size>${bytes.length}</Size>`,
      `<StorageClass>STANDARD</StorageClass></Contents>`,
    ].join("");
  }
}

function commonPrefix(name: string): string {
  return `<CommonPrefixes><Prefix>${escapeXml(name)}</Prefix></CommonPrefixes>`;
}

/** S3 lists keys in the order of their bytes. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** When a request was signed, in ms since 1970. */
function timeOf(request: IncomingMessage): number {
  const time = String(request.headers["x-amz-date"]);
  return Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  bytes: Buffer,
  half: boolean,
): void {
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  if (!half) return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { "content-type": "application/xml" }).end(xml);
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
