import { createHash } from "node:crypto";
import { decodeUp, encode, refusal, type EntryRequest, type Member } from "@parley/protocol";
import { mintToken, publicId } from "../identity.ts";
import { ENTRY_OVERHEAD_BYTES, HOOKS_PER_ROOM_MAX } from "../limits/limits.ts";
import type { ApiDeps } from "./api.ts";
import { ApiError } from "./errors.ts";
import { checkGuesses, countGuess } from "./guesses.ts";
import {
  answerJson,
  callerOf,
  isRecord,
  jsonOf,
  nameOf,
  objectOf,
  roomOf,
  textOf,
  type ApiContext,
} from "./request.ts";
import type { Submissions } from "./submissions.ts";

/** A hook as the shelf keeps it, under the digest of its secret and under its place in the room. */
interface Hook {
  readonly id: string;
  readonly roomId: string;
  readonly name: string;
  readonly kind: "in";
  /** The public id of the member who made it. */
  readonly createdBy: string;
  /** The SHA-256 of its secret. */
  readonly digest: string;
}

const ID_CHARS = 16;
const FOR_GOOD = { until: Infinity };
/** A moment that is over: what is put until then is gone at once. */
const OVER = { until: 1 };
/** In no room: an unknown secret counts as a guess of an empty one. */
const NO_ROOM = "";

const placeOf = (roomId: string, place: number | "") => `roomhook:${roomId}/${place}`;
const keyOf = (digest: string) => `hook:${digest}`;
const digestOf = (secret: string) => createHash("sha256").update(secret).digest("base64url");
const shown = ({ id, name, kind, createdBy }: Hook) => ({ id, name, kind, createdBy });

/** POST …/rooms/:room/hooks: makes a hook. Its secret is in this answer and nowhere else. */
export async function postHook(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const { roomId, memberId } = await moderatorOf(c, deps);
  const { kind, name } = await objectOf(c);
  if (kind !== "in") throw ApiError.http("bad_parameter", '"kind" is "in".');
  const secret = mintToken();
  const digest = digestOf(secret);
  const id = digest.slice(0, ID_CHARS);
  const hook: Hook = { id, roomId, name: nameOf(name), kind, createdBy: memberId, digest };
  const value = JSON.stringify(hook);
  const retryAfter = deps.addresses
    .storageOf(c.var.address)
    .take(deps.now(), 2 * value.length + ENTRY_OVERHEAD_BYTES);
  if (retryAfter > 0) throw ApiError.of({ ...refusal("rate_limited"), retryAfter });
  // Its place comes first: a hook that nobody can list could not be revoked.
  for (let place = 0; place < HOOKS_PER_ROOM_MAX; place += 1) {
    const isFree = { ...FOR_GOOD, onlyIf: null };
    if (!(await deps.shelf.put(placeOf(roomId, place), value, isFree))) continue;
    await deps.shelf.put(keyOf(digest), value, FOR_GOOD);
    return answerJson(c, { ...shown(hook), url: `/hooks/${secret}` }, 201);
  }
  throw ApiError.http("too_many_hooks");
}

/** GET …/rooms/:room/hooks: the hooks of a room, without their secrets. */
export async function getHooks(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const { roomId } = await moderatorOf(c, deps);
  const kept = await deps.shelf.list(placeOf(roomId, ""));
  return answerJson(c, { hooks: kept.map(({ value }) => shown(JSON.parse(value) as Hook)) });
}

/** DELETE …/rooms/:room/hooks/:id: its secret is unknown from then on. */
export async function deleteHook(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const { roomId } = await moderatorOf(c, deps);
  const kept = await deps.shelf.list(placeOf(roomId, ""));
  for (const { key, value } of kept) {
    const { id, digest } = JSON.parse(value) as Hook;
    if (id !== c.req.param("id")) continue;
    await deps.shelf.take(keyOf(digest));
    // Only this hook's: another one may have the place by now.
    await deps.shelf.put(key, "", { ...OVER, onlyIf: value });
    return c.body(null, 204);
  }
  throw ApiError.http("unknown_hook");
}

/** POST /hooks/:secret: says something in the hook's room, as the hook (SPEC H1). */
export async function postToHook(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<Response> {
  const { address } = c.var;
  checkGuesses(deps, address, NO_ROOM);
  const value = await deps.shelf.get(keyOf(digestOf(c.req.param("secret") ?? "")));
  if (value === undefined) {
    countGuess(deps, address, NO_ROOM);
    throw ApiError.http("unknown_hook");
  }
  const { id, roomId, name } = JSON.parse(value) as Hook;
  const request = requestOf(await textOf(c), c);
  // No token has a slash: nobody else is this member.
  const from: Member = { id: publicId(`hook/${id}`, roomId), name, hook: true };
  const tooFast = submissions.hook(from);
  if (tooFast) throw ApiError.of(tooFast);
  const bytes = Buffer.byteLength(request.payload.message);
  const origin = { address, bytes, isKnown: true };
  const submitted = await submissions.submit(roomId, request, from, origin);
  if (submitted.is === "refused") throw ApiError.of(submitted.refusal);
  return answerJson(c, submitted.entry, submitted.is === "new" ? 201 : 200);
}

/** The room, and who asks: somebody with a token. An empty room counts as a guess. */
async function moderatorOf(
  c: ApiContext,
  deps: ApiDeps,
): Promise<{ readonly roomId: string; readonly memberId: string }> {
  const roomId = roomOf(c);
  const { token, isKnown } = callerOf(c);
  if (!isKnown) throw ApiError.http("token_needed");
  checkGuesses(deps, c.var.address, roomId);
  const { head } = await deps.log.read(roomId, { limit: 1 }, c.var.address);
  if (head === 0) countGuess(deps, c.var.address, roomId);
  return { roomId, memberId: publicId(token, roomId) };
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
