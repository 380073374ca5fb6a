import { decodeUp, encode, refusal, type EntryRequest } from "@parley/protocol";
import { hookMember } from "../webhooks/announcements.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { checkGuesses, countGuess } from "./guesses.ts";
import { findHook } from "./hook-shelf.ts";
import { answerJson, isRecord, jsonOf, textOf, type ApiContext } from "./request.ts";
import type { Submissions } from "./submissions.ts";

/** In no room: an unknown secret counts as a guess of an empty one. */
const NO_ROOM = "";

/** POST /hooks/:secret: says something in the hook's room, as the hook (SPEC H1). */
export async function postToHook(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<Response> {
  const { address } = c.var;
  checkGuesses(deps, address, NO_ROOM);
  const hook = await findHook(deps.shelf, c.req.param("secret") ?? "");
  if (hook === undefined) {
    countGuess(deps, address, NO_ROOM);
    throw ApiError.http("unknown_hook");
  }
  const request = requestOf(await textOf(c), c);
  const from = hookMember(hook);
  const tooFast = submissions.hook(from);
  if (tooFast) throw ApiError.of(tooFast);
  const bytes = Buffer.byteLength(request.payload.message);
  const origin = { address, bytes, isKnown: true };
  const submitted = await submissions.submit(hook.roomId, request, from, origin);
  if (submitted.is === "refused") throw ApiError.of(submitted.refusal);
  return answerJson(c, submitted.entry, submitted.is === "new" ? 201 : 200);
}

type Chat = Extract<EntryRequest, { type: "chat" }>;

/** What a body says as a message. @throws ApiError what a `chat` frame would be refused with */
function requestOf(body: string, c: ApiContext): Chat {
  const message = messageOf(body, c.req.header("content-type") ?? "");
  const id = c.req.header("idempotency-key");
  const payload = id === undefined ? { message } : { id, message };
  const decoded = decodeUp(encode({ type: "chat", payload } as never));
  if (!decoded.ok) throw ApiError.of(decoded.refusal);
  return decoded.frame as Chat;
}

/** The text of a body: `text` as Slack has it, `content` as Discord has it, or all of it. */
function messageOf(body: string, type: string): string {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  const form = isForm ? new URLSearchParams(body).get("payload") : null;
  const isJson = form !== null || /^application\/([\w.+-]+\+)?json\b/i.test(type);
  const json = jsonOf(form ?? body);
  if (isJson && !isRecord(json)) throw ApiError.of(refusal("bad_json"));
  if (isRecord(json)) {
    const message = json["text"] ?? json["content"];
    if (typeof message === "string") return message;
    const detail = 'Send JSON with "text" or "content".';
    if (isJson) throw ApiError.of(refusal("bad_payload", undefined, detail));
  }
  return body.replace(/\r?\n$/, "");
}
