import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { refusal } from "@parley/protocol";
import { HEADERS_BYTES_MAX, HEADERS_WITHIN_MS, REQUEST_WITHIN_MS } from "../../limits/limits.ts";
import type { About } from "./about.ts";
import { admitOrigin } from "../origin.ts";
import { pathOf } from "../request.ts";
import {
  answerClientError,
  BAD_EXPECTATION,
  bodyOf,
  NO_HOST,
  type BadRequest,
} from "./client-error.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { Pipelining } from "./pipelining.ts";
import { webApp } from "./web-app.ts";

const HEADERS = {
  "Content-Security-Policy": contentSecurityPolicy(),
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

const NOT_BUILT = "The web app is not built here: run `pnpm build`. WebSockets are taken at /ws.\n";

/** Never counted: a host would take a busy server for a dead one. */
const PROBES = new Set(["/healthz", "/readyz"]);

const TOO_MANY_REQUESTS = "Too many requests from your network address. Wait and ask again.";

export interface HttpDeps {
  /** Where the built web app is; it may be missing. */
  readonly webDirectory: string;
  /** Origins of other pages that may read {@link about}; `*`: any. */
  readonly allowedOrigins: readonly string[];
  /** What anybody may know. */
  readonly about: About;
  /** What answers below `/api`, `/hooks` and `/files`. */
  readonly api: { answer(request: IncomingMessage, response: ServerResponse): void };
  /** Takes a permit to ask; gives how long to wait for one, in ms, or 0. */
  waitOf(request: IncomingMessage): number;
  /** A request was refused for now. */
  onRefused(why: "too_many_requests"): void;
  /** Why nobody should be sent here now, in a stable word; undefined: all is well. */
  notReady(): string | undefined;
  metrics(): Promise<{ type: string; text: string }>;
  /** Something failed that should not have: a bug. */
  onFailure(error: unknown): void;
}

/** Makes the HTTP server: the web app, what it asks for, and what an operator asks for. It does not listen yet. */
export function createHttpServer(deps: HttpDeps): Server {
  const serveWebApp = webApp(deps.webDirectory);
  const answers = new WeakMap<Duplex, ServerResponse>();
  const pipelining = new Pipelining();
  function respond(
    request: IncomingMessage,
    response: ServerResponse,
    bad: BadRequest | undefined,
  ): void {
    // What came together with the request that was one too many is not looked at.
    if (request.socket.destroyed) return;
    if (!pipelining.admits(request, response)) {
      deps.onRefused("too_many_requests");
      request.socket.destroy();
      return;
    }
    answers.set(request.socket, response);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // Browsers take it only over https and from this machine, and complain of it elsewhere; only
    // there do they say where a request comes from.
    if (request.headers["sec-fetch-mode"] !== undefined) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
    const path = pathOf(request);
    const waitMs = PROBES.has(path) ? 0 : deps.waitOf(request);
    if (waitMs > 0) {
      deps.onRefused("too_many_requests");
      admitOrigin(request, response, deps.allowedOrigins);
      response.setHeader("Retry-After", Math.ceil(waitMs / 1_000));
      return isApi(path)
        ? answerTooMany(response, waitMs)
        : answer(response, 429, `${TOO_MANY_REQUESTS}\n`);
    }
    if (bad) {
      response.setHeader("Connection", "close");
      return answer(response, bad.status, bodyOf(bad), "application/json");
    }
    if (isApi(path)) return deps.api.answer(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return answer(response, 405, "Only GET and HEAD are answered here.\n");
    }
    switch (path) {
      case "/healthz":
        return answer(response, 200, "ok\n");
      case "/readyz":
        return answerReadiness(response, deps.notReady());
      case "/metrics":
        return void answerMetrics(response, deps);
      case "/about.json":
        // A client asks for it to learn whether only WebSockets are blocked (SPEC H3).
        admitOrigin(request, response, deps.allowedOrigins);
        return answer(response, 200, JSON.stringify(deps.about), "application/json");
      case "/ws":
        response.setHeader("Upgrade", "websocket");
        return answer(response, 426, "This is where WebSockets connect.\n");
      default:
        if (!serveWebApp) return answer(response, 404, NOT_BUILT);
        if (!serveWebApp(request, response)) answer(response, 404, "There is nothing here.\n");
    }
  }
  const server = createServer(
    {
      maxHeaderSize: HEADERS_BYTES_MAX,
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
      connectionsCheckingInterval: 1_000,
      // Node would refuse it without a body.
      requireHostHeader: false,
      // Some programs offer HTTP/2 with every request: that is a request like any other.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
    (request, response) => respond(request, response, hasHost(request) ? undefined : NO_HOST),
  );
  server.on("checkExpectation", (request, response) => respond(request, response, BAD_EXPECTATION));
  server.on("clientError", (error, socket) => answerClientError(error, socket, answers));
  return server;
}

/** Whether a request has a Host, or is of an HTTP that asks for none. */
function hasHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host !== undefined || httpVersion !== "1.1";
}

function isApi(path: string): boolean {
  return ["/api", "/hooks", "/files"].some((folder) => isBelow(path, folder));
}

/** Programs are told as they are told of any other refusal. */
function answerTooMany(response: ServerResponse, retryAfter: number): void {
  const error = { ...refusal("rate_limited", undefined, TOO_MANY_REQUESTS), retryAfter };
  answer(response, 429, `${JSON.stringify({ error })}\n`, "application/json");
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function answerReadiness(response: ServerResponse, why: string | undefined): void {
  if (why === undefined) answer(response, 200, "ready\n");
  else answer(response, 503, `not ready: ${why}\n`);
}

async function answerMetrics(response: ServerResponse, deps: HttpDeps): Promise<void> {
  try {
    const { type, text } = await deps.metrics();
    answer(response, 200, text, type);
  } catch (error) {
    deps.onFailure(error);
    answer(response, 500, "The metrics cannot be read: see the log of the server.\n");
  }
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain; charset=utf-8",
): void {
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" });
  response.end(text);
}
