import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { CONVERSATIONS_OPEN_MAX, encode, refusal, type UpPayload } from "@parley/protocol";
import { POLL_SECONDS_MAX } from "../limits/limits.ts";
import { parseEventId } from "../transports/http/event-framing.ts";
import { EVENT_STREAM, type StreamOptions } from "../transports/http/event-stream.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { callerOf, isRecord, numberOf, objectOf, roomOf, type ApiContext } from "./request.ts";

type Join = Partial<UpPayload<"join">>;

/**
 * GET …/events: a room as server-sent events, from where `Last-Event-ID` says (SPEC H2). HEAD joins
 * nothing: no event would ever come.
 */
export function getEvents(c: ApiContext, deps: ApiDeps): Response {
  if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": EVENT_STREAM });
  const lastEventId = c.req.header("last-event-id") ?? c.req.query("lastEventId");
  const since = lastEventId === undefined ? undefined : parseEventId(lastEventId);
  return stream(c, deps, since ? { since } : {}, { sendsAll: true });
}

/**
 * POST …/stream: the same for those who send a `join` frame, and ask for what is missing. With
 * `wait`, it is a poll. `frames` beside the join open conversations.
 */
export async function postStream(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const wait = numberOf(c, "wait", { min: 0, max: POLL_SECONDS_MAX });
  const { type, payload = {}, frames = [] } = await objectOf(c);
  if (type !== "join" || !isRecord(payload)) {
    throw ApiError.of(refusal("bad_frame", undefined, "Send a join frame."));
  }
  if (!Array.isArray(frames) || frames.length > CONVERSATIONS_OPEN_MAX || !frames.every(opens)) {
    const detail = `"frames" are at most ${CONVERSATIONS_OPEN_MAX} private frames that hold a join.`;
    throw ApiError.of(refusal("bad_frame", undefined, detail));
  }
  const waitMs = wait === undefined ? undefined : wait * 1_000;
  return stream(c, deps, payload, { sendsAll: false, waitMs, opened: frames });
}

/** Whether a frame opens a conversation. */
function opens(frame: unknown): boolean {
  if (!isRecord(frame) || frame["type"] !== "private" || !isRecord(frame["payload"])) return false;
  const inner = frame["payload"]["frame"];
  return isRecord(inner) && inner["type"] === "join";
}

/** How a stream is sent, and the frames that open conversations in it. */
interface Asked extends Pick<StreamOptions, "sendsAll" | "waitMs"> {
  readonly opened?: readonly unknown[];
}

/** Joins the room of the path over the response. What the join says is checked as on a socket. */
function stream(
  c: ApiContext,
  deps: ApiDeps,
  join: Join,
  { opened = [], ...options }: Asked,
): Response {
  const roomId = roomOf(c);
  const caller = callerOf(c);
  const { address } = c.var;
  const isPoll = options.waitMs !== undefined;
  const countOut = isPoll ? deps.addresses.admitPoll(address) : deps.addresses.admitStream(address);
  if (!countOut) throw ApiError.http(isPoll ? "too_many_polls" : "too_many_streams");
  c.env.outgoing.once("close", countOut);
  const receive = deps.openStream(
    c.env.outgoing,
    { ...options, address, conversations: opened.length },
    (error) => answerRefused(c, ApiError.of(error)),
  );
  const payload = {
    ...join,
    ...(caller.name === undefined ? {} : { name: caller.name }),
    ...(caller.isKnown ? { token: caller.token } : {}),
    roomId,
  };
  receive(encode({ type: "join", payload }));
  for (const frame of opened) receive(JSON.stringify(frame));
  return RESPONSE_ALREADY_SENT;
}

/** The room let nobody in: that is the answer to the request, which hono has let go of. */
function answerRefused({ env: { outgoing } }: ApiContext, error: ApiError): void {
  outgoing.writeHead(error.status, { "Content-Type": "application/json", ...error.headers });
  outgoing.end(`${JSON.stringify(error.body)}\n`);
}
