import {
  answering,
  decodeUp,
  encode,
  JOIN_MESSAGES,
  PAGE_ENTRIES_MAX,
  refusal,
  type DownPayload,
  type EntryRequest,
} from "@parley/protocol";
import { POLL_SECONDS_MAX } from "../limits/limits.ts";
import type { Range } from "../log/log.ts";
import { readPage } from "../rooms/page.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { checkGuesses, countGuess } from "./guesses.ts";
import {
  answerJson,
  callerOf,
  checkDepth,
  isRecord,
  jsonOf,
  memberOf,
  nameOf,
  numberOf,
  roomOf,
  textOf,
  type ApiContext,
  type Caller,
} from "./request.ts";
import type { Submissions } from "./submissions.ts";

type Page = DownPayload<"history">;

/** POST …/messages: says something, in the room or the log of a conversation; 201 once it is durable, 200 if it was said before (SPEC H1). */
export async function postMessage(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
  logId = roomOf(c),
): Promise<Response> {
  const roomId = roomOf(c);
  const asked = callerOf(c);
  const { request, name } = messageOf(await textOf(c), c);
  if (request.payload.id !== undefined && !asked.isKnown) throw ApiError.http("id_without_token");
  const caller: Caller = name === undefined ? asked : { ...asked, name };
  const from = memberOf(c, deps.rooms, roomId, caller);
  const bytes = Buffer.byteLength(request.payload.message);
  const submitted = await submissions.submit(roomId, request, from, {
    address: c.var.address,
    bytes,
    isKnown: caller.isKnown,
    logId,
  });
  if (submitted.is === "refused") throw ApiError.of(submitted.refusal);
  const entry = answering(submitted.entry, request.payload.ref);
  return answerJson(c, entry, submitted.is === "new" ? 201 : 200);
}

/**
 * GET …/messages: a page of the log, as JSON or an entry a line; with `wait`, once there is one.
 * @param isGuess whether an empty log may be a guessed room
 */
export async function getMessages(
  c: ApiContext,
  deps: ApiDeps,
  logId = roomOf(c),
  isGuess = true,
): Promise<Response> {
  const roomId = roomOf(c);
  const range = rangeOf(c);
  const wait = numberOf(c, "wait", { min: 0, max: POLL_SECONDS_MAX }) ?? 0;
  const epoch = c.req.query("epoch");
  if (wait > 0 && !("after" in range)) {
    throw ApiError.http(
      "bad_parameter",
      '"wait" needs "after": what is waited for comes after it.',
    );
  }
  checkGuesses(deps, c.var.address, roomId);
  const read = () => readFrom(deps, logId, range, epoch, c.var.address);
  const page = wait > 0 ? await poll(c, deps, logId, wait, read) : await read();
  if (isGuess && page.head === 0) countGuess(deps, c.var.address, roomId);
  return answerPage(c, page);
}

type PageOrReset = Page & { readonly reset?: true };

/** The page that is asked for, or, if the log is another one, its last entries and `reset`. */
async function readFrom(
  { log }: ApiDeps,
  logId: string,
  range: Range,
  epoch: string | undefined,
  address: string,
): Promise<PageOrReset> {
  const page = await readPage(log, logId, range, address);
  const isOther =
    epoch === undefined ? "after" in range && range.after > page.head : epoch !== page.epoch;
  if (!isOther) return page;
  return { ...(await readPage(log, logId, { limit: JOIN_MESSAGES }, address)), reset: true };
}

/** Waits for what comes after a place in the log, for so many seconds at the most. */
async function poll(
  c: ApiContext,
  deps: ApiDeps,
  logId: string,
  seconds: number,
  read: () => Promise<PageOrReset>,
): Promise<PageOrReset> {
  const countOut = deps.addresses.admitPoll(c.var.address);
  if (!countOut) throw ApiError.http("too_many_polls", undefined, seconds * 1_000);
  const onEnd = deps.onPoll();
  const woken = Promise.withResolvers<void>();
  const cancel = deps.timers.after(seconds * 1_000, woken.resolve);
  c.env.outgoing.once("close", woken.resolve);
  const goDown = () => woken.resolve();
  deps.closing.addEventListener("abort", goDown, { once: true });
  try {
    // Followed before it is read, so that nothing falls between the two.
    const stop = await deps.log.follow(logId, () => woken.resolve(), woken.resolve);
    try {
      const page = await read();
      if (page.entries.length > 0 || page.reset || deps.closing.aborted) return page;
      await woken.promise;
      return await read();
    } finally {
      stop();
    }
  } finally {
    deps.closing.removeEventListener("abort", goDown);
    cancel();
    countOut();
    onEnd();
  }
}

function rangeOf(c: ApiContext): Range {
  const anySeq = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const before = numberOf(c, "before", anySeq);
  const after = numberOf(c, "after", anySeq);
  const limit = numberOf(c, "limit", { min: 1, max: PAGE_ENTRIES_MAX }) ?? JOIN_MESSAGES;
  if (before !== undefined && after !== undefined) {
    throw ApiError.http("bad_parameter", 'Give "before" or "after", not both.');
  }
  if (after !== undefined) return { after, limit };
  return before === undefined ? { limit } : { before, limit };
}

function answerPage(c: ApiContext, page: PageOrReset): Response {
  if (!c.req.header("accept")?.includes("application/x-ndjson")) return answerJson(c, page);
  c.header("Content-Type", "application/x-ndjson");
  c.header("Parley-Epoch", page.epoch);
  c.header("Parley-Head", String(page.head));
  c.header("Parley-More", String(page.more));
  if (page.reset) c.header("Parley-Reset", "true");
  if (page.truncatedBefore !== undefined) {
    c.header("Parley-Truncated-Before", String(page.truncatedBefore));
  }
  return c.body(page.entries.map((entry) => `${encode(entry)}\n`).join(""));
}

interface PostedMessage {
  readonly request: Extract<EntryRequest, { type: "chat" }>;
  readonly name: string | undefined;
}

/**
 * What a body says: the fields of a JSON object with a `message`; any other body is the text
 * itself.
 * @throws ApiError what a `chat` frame would be refused with
 */
function messageOf(text: string, c: ApiContext): PostedMessage {
  const json = /^\s*\{/.test(text) ? jsonOf(text) : undefined;
  const isJson = /^application\/([\w.+-]+\+)?json\b/i.test(c.req.header("content-type") ?? "");
  if (isJson && !isRecord(json)) throw ApiError.of(refusal("bad_json"));
  const fields =
    isRecord(json) && (isJson || typeof json["message"] === "string")
      ? json
      : { message: text.replace(/\r?\n$/, "") };
  if (fields === json) checkDepth(text);
  const { name, ...payload } = fields as Record<string, unknown>;
  const key = c.req.header("idempotency-key");
  const withId = key === undefined ? payload : { id: key, ...payload };
  const decoded = decodeUp(encode({ type: "chat", payload: withId } as never));
  if (!decoded.ok) throw ApiError.of(decoded.refusal);
  return {
    request: decoded.frame as PostedMessage["request"],
    name: name === undefined ? undefined : nameOf(name),
  };
}
