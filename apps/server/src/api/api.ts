import { getRequestListener, RequestError } from "@hono/node-server";
import { Hono } from "hono";
import type { IncomingMessage, ServerResponse } from "node:http";
import { refusalOf } from "../access/submit.ts";
import { networkKey } from "../limits/addresses.ts";
import { FileRefused } from "../files/files.ts";
import { LogUnavailable } from "../log/log.ts";
import { responseSink } from "../transports/http/response-sink.ts";
import { admitOrigin } from "../transports/origin.ts";
import { Outgoing } from "../transports/outgoing.ts";
import { clientAddress } from "../transports/request.ts";
import type { ApiDeps } from "./deps.ts";
import { fileRoutes } from "./file-routes.ts";
import { ApiError } from "./errors.ts";
import { postFrames } from "./frames.ts";
import { checkGuesses, countGuess } from "./guesses.ts";
import { postToHook } from "./hook-messages.ts";
import { deleteHook, getHooks, postHook, postHookTest } from "./hooks.ts";
import { getMessages, postMessage } from "./messages.ts";
import { openApi } from "./openapi.ts";
import { apiPage } from "./page.ts";
import { answerJson, roomOf, type ApiContext, type ApiEnv } from "./request.ts";
import { getBell, getPrivateMessages, postPrivateMessage } from "./private-messages.ts";
import { readRest } from "./rest-of-body.ts";
import { getEvents, postStream } from "./streams.ts";
import { Submissions } from "./submissions.ts";

/** What an average request costs, in ms: most of its work is done after its turn. */
const REQUEST_MS = 0.5;
const JAVASCRIPT = "text/javascript; charset=utf-8";
const STYLES = "text/css; charset=utf-8";

export interface Api {
  /** Answers a request whose path is `/api` or below it, or below `/hooks` or `/files`. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** What it answers; the OpenAPI description has these. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  /** Forgets the permits of those who did not ask lately. To be called now and then. */
  sweep(): void;
}

/** Rooms over HTTP: the same log, the same promises, the same limits as over a socket. */
export function createApi(deps: ApiDeps): Api {
  const submissions = new Submissions(deps);
  const app = new Hono<ApiEnv>({ strict: false });

  app.use(async (c, next) => {
    c.set("address", clientAddress(c.env.incoming, deps.trustProxy));
    c.header("Cache-Control", "no-store");
    checkOrigin(c, deps.allowedOrigins);
    if (c.req.method === "OPTIONS") return c.body(null, 204);
    await turnOf(c.var.address, deps.turns);
    // Nobody waits for the answer any more: it ended before anything could listen.
    if (c.env.outgoing.destroyed) throw ApiError.http("body_cut_off");
    await next();
    return undefined;
  });
  app.get("/api", (c) => c.html(apiPage.html));
  app.get("/api/page.js", (c) => c.body(apiPage.script, 200, { "Content-Type": JAVASCRIPT }));
  app.get("/api/page.css", (c) => c.body(apiPage.style, 200, { "Content-Type": STYLES }));
  app.get("/api/openapi.json", (c) => answerJson(c, openApi()));
  app.get("/api/rooms/:room", (c) => getRoom(c, deps));
  app.get("/api/rooms/:room/messages", (c) => getMessages(c, deps));
  app.post("/api/rooms/:room/messages", (c) => postMessage(c, deps, submissions));
  app.get("/api/rooms/:room/with/:member/messages", (c) => getPrivateMessages(c, deps));
  app.post("/api/rooms/:room/with/:member/messages", (c) =>
    postPrivateMessage(c, deps, submissions),
  );
  app.get("/api/rooms/:room/bell", (c) => getBell(c, deps));
  app.get("/api/rooms/:room/events", (c) => getEvents(c, deps));
  app.post("/api/rooms/:room/stream", (c) => postStream(c, deps));
  app.post("/api/rooms/:room/frames", (c) => postFrames(c, deps, submissions));
  app.get("/api/rooms/:room/hooks", (c) => getHooks(c, deps));
  app.post("/api/rooms/:room/hooks", (c) => postHook(c, deps));
  app.delete("/api/rooms/:room/hooks/:id", (c) => deleteHook(c, deps));
  app.post("/api/rooms/:room/hooks/:id/test", (c) => postHookTest(c, deps, submissions));
  fileRoutes(app, deps, submissions);
  app.post("/hooks/:secret", (c) => postToHook(c, deps, submissions));

  const answerRefused = (c: ApiContext, error: ApiError) => {
    deps.onRefused(error.code);
    return answerError(c, error);
  };
  app.notFound((c) => {
    const methods = new Set(
      app.routes
        .filter(({ path, method }) => method !== "ALL" && matches(path, c.req.path))
        .map(({ method }) => method),
    );
    if (methods.size === 0) return answerRefused(c, ApiError.http("not_found"));
    c.header("Allow", [...methods].join(", "));
    return answerRefused(c, ApiError.http("method_not_allowed"));
  });
  app.onError((error, c) => {
    if (error instanceof ApiError) return answerRefused(c, error);
    if (error instanceof LogUnavailable || error instanceof FileRefused) {
      return answerRefused(c, ApiError.of(refusalOf(error)));
    }
    deps.onFailure(error);
    return answerRefused(c, ApiError.internal());
  });

  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // For those who speak HTTP/1.0 and name no host.
    hostname: "localhost",
    errorHandler: (error) => {
      if (!(error instanceof RequestError)) deps.onFailure(error);
      const refused =
        error instanceof RequestError ? ApiError.http("bad_request") : ApiError.internal();
      return Response.json(refused.body, { status: refused.status });
    },
    // It would hang up on those who still send: the answer is lost to them.
    autoCleanupIncoming: false,
  });
  return {
    routes: app.routes.filter(({ method }) => method !== "ALL"),
    answer(request, response) {
      const { socket } = request;
      const outgoing = new Outgoing(responseSink(response), deps, {
        cutOff(why) {
          deps.onCutOff(why);
          socket.destroy();
        },
      });
      response.once("close", () => outgoing.end());
      response.once("finish", () => readRest(request));
      // A stream is not ended here, and watches what it writes by itself.
      void listener(request, response).then(() => {
        if (response.writableEnded) outgoing.watch();
      });
    },
    sweep: () => submissions.sweep(),
  };
}

/** GET …/rooms/:room: the head of the log, how many members are there, the room's name and topic. */
async function getRoom(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const roomId = roomOf(c);
  checkGuesses(deps, c.var.address, roomId);
  const range = { limit: 1, withSettings: true } as const;
  const { head, epoch, settings } = await deps.log.read(roomId, range, c.var.address);
  if (head === 0) countGuess(deps, c.var.address, roomId);
  const count = await deps.rooms.visit(roomId, (room) => room.presence.counted());
  const valueOf = (key: string) =>
    settings?.find(({ payload }) => payload.key === key)?.payload.value;
  return answerJson(c, {
    roomId,
    head,
    epoch,
    count,
    name: valueOf("name"),
    topic: valueOf("topic"),
  });
}

/** Waits for the turn of a network address; there is no wait unless the server is busy. */
function turnOf(address: string, turns: ApiDeps["turns"]): Promise<void> {
  return new Promise((resolve) => {
    turns.take(networkKey(address), () => {
      resolve();
      return REQUEST_MS;
    });
  });
}

/** Pages of other origins may ask if the host allows it; programs send no origin, and may. */
function checkOrigin(c: ApiContext, allowed: readonly string[]): void {
  // Set on the response itself: a stream writes its own head.
  const { incoming, outgoing } = c.env;
  if (!admitOrigin(incoming, outgoing, allowed)) throw ApiError.http("origin_not_allowed");
  if (incoming.headers.origin === undefined) return;
  outgoing.setHeader(
    "Access-Control-Expose-Headers",
    "Parley-Token, Parley-Epoch, Parley-Head, Parley-More, Parley-Reset, Parley-Truncated-Before, Retry-After",
  );
  if (c.req.method !== "OPTIONS") return;
  outgoing.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
  outgoing.setHeader(
    "Access-Control-Allow-Headers",
    "Authorization, Content-Digest, Content-Type, Idempotency-Key, Last-Event-ID, Parley-Connection",
  );
  outgoing.setHeader("Access-Control-Max-Age", "86400");
}

function answerError(c: ApiContext, error: ApiError): Response {
  c.header("Content-Type", "application/json");
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  return c.body(`${JSON.stringify(error.body)}\n`, error.status as 400);
}

/** Whether a path is one of a route's. */
function matches(route: string, path: string): boolean {
  const pattern = route.split("/").map((part) => (part.startsWith(":") ? "[^/]+" : part));
  return new RegExp(`^${pattern.join("/")}/?$`).test(path);
}
