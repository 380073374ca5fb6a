import { lookup as systemLookup, type LookupAddress } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { RequestFilteringHttpsAgent } from "request-filtering-agent";
import { HostTurns } from "./host-turns.ts";
import { isPublicAddress } from "./public-address.ts";

/** How long a request may take, from the first look-up to the end of the answer, in ms. */
const ANSWER_WITHIN_MS = 10_000;
/** What is read of an answer, in bytes; it is cut off there. */
const ANSWER_BYTES_MAX = 64 * 1024;
/** The headers of an answer, in bytes. */
const ANSWER_HEADERS_BYTES_MAX = 16 * 1024;

/** The outcome of a request. Any status means that it arrived. */
export type Answer =
  | { readonly is: "answered"; readonly status: number }
  /** The address may not be asked: it is inside, or not over https. Nothing was sent to it. */
  | { readonly is: "forbidden" }
  /** No answer came within the time, or its end did not. */
  | { readonly is: "late" }
  | { readonly is: "unreachable" };

export interface DoorDeps {
  /** Hosts that may be asked over http too, and at inside addresses. */
  readonly allow: readonly string[];
  /** Resolves names; the system's way unless another is given. */
  readonly lookup?: LookupFunction;
  /** The time for an answer, in ms; 10 s unless another is given. */
  readonly withinMs?: number;
}

interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Gives up the request. */
  readonly signal?: AbortSignal;
}

/**
 * The one way to other hosts: what members make this server ask must not reach what stands beside
 * it. Over https only, to public addresses only, without redirects, with limits of time and size. The
 * address is checked where the connection is made, so that a name cannot resolve to another one
 * meanwhile; request-filtering-agent checks it once more.
 */
export class Door {
  readonly #allow: ReadonlySet<string>;
  readonly #withinMs: number;
  readonly #lookup: LookupFunction;
  readonly #agent: https.Agent;
  readonly #turns = new HostTurns();

  constructor({ allow, lookup = systemLookup, withinMs = ANSWER_WITHIN_MS }: DoorDeps) {
    this.#allow = new Set(allow);
    this.#withinMs = withinMs;
    this.#lookup = publicOnly(lookup);
    this.#agent = new RequestFilteringHttpsAgent({ keepAlive: false });
  }

  /** Whether an address may be asked, as far as its text tells. */
  admits(text: string): boolean {
    return URL.canParse(text) && this.#admits(new URL(text));
  }

  /** Sends a body, and waits for the answer. Never throws. */
  async post(address: string, post: Post): Promise<Answer> {
    if (!this.admits(address)) return { is: "forbidden" };
    const url = new URL(address);
    // All ports of a host are one target.
    return this.#turns.take(url.hostname, () => this.#send(url, post));
  }

  #admits(url: URL): boolean {
    if (url.username !== "" || url.password !== "") return false;
    if (this.#isAllowed(url)) return url.protocol === "https:" || url.protocol === "http:";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    return url.protocol === "https:" && (isIP(host) === 0 || isPublicAddress(host));
  }

  #isAllowed({ hostname }: URL): boolean {
    return this.#allow.has(hostname);
  }

  #send(url: URL, { headers, body, signal }: Post): Promise<Answer> {
    const deadline = AbortSignal.timeout(this.#withinMs);
    const given = this.#isAllowed(url) ? {} : { agent: this.#agent, lookup: this.#lookup };
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const request = (url.protocol === "https:" ? https : http).request(url, {
      ...given,
      method: "POST",
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      maxHeaderSize: ANSWER_HEADERS_BYTES_MAX,
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    const fail = (error?: Error) => {
      if (error instanceof ForbiddenAddress) resolve({ is: "forbidden" });
      else resolve({ is: deadline.aborted ? "late" : "unreachable" });
    };
    request.on("error", fail);
    request.once("response", (response) => {
      drop(response, () => {
        resolve({ is: "answered", status: response.statusCode ?? 0 });
        request.destroy();
      });
      response.on("error", fail);
      response.once("close", fail);
    });
    request.end(body);
    return promise;
  }
}

/** Reads an answer to its end, or to where it is cut off; calls `onEnd` then. */
function drop(response: IncomingMessage, onEnd: () => void): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) onEnd();
  });
  response.once("end", onEnd);
}

class ForbiddenAddress extends Error {}

/** Resolves a name, and refuses it if one of its addresses is not public. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      if (error) return callback(error, found, family);
      const addresses: readonly (LookupAddress | string)[] = Array.isArray(found) ? found : [found];
      const isPublic = addresses.every((each) =>
        isPublicAddress(typeof each === "string" ? each : each.address),
      );
      if (addresses.length > 0 && isPublic) return callback(null, found, family);
      return callback(new ForbiddenAddress(`${hostname} is inside`), found, family);
    });
  };
}
