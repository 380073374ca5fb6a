import { EntryId, refusal, type Refusal } from "@parley/protocol";
import * as v from "valibot";
import { publicId } from "../identity.ts";
import { bellId, conversationId } from "../log/private-ids.ts";
import { whoIs } from "../private/who-is.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { countGuess, guessWait } from "./guesses.ts";
import { getMessages, postMessage } from "./messages.ts";
import { callerOf, roomOf, type ApiContext } from "./request.ts";
import type { Submissions } from "./submissions.ts";

/** POST …/with/:member/messages: says something to one member alone. */
export async function postPrivateMessage(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<Response> {
  const conversation = conversationOf(c);
  await checkMember(c, deps, conversation);
  return postMessage(c, deps, submissions, conversation.logId);
}

/** GET …/with/:member/messages: a page of the conversation with one member. */
export function getPrivateMessages(c: ApiContext, deps: ApiDeps): Promise<Response> {
  return getMessages(c, deps, conversationOf(c).logId);
}

/** GET …/bell: a page of one's own bell. @throws ApiError `token_needed` */
export function getBell(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const roomId = roomOf(c);
  const caller = callerOf(c);
  if (!caller.isKnown) throw ApiError.http("token_needed");
  return getMessages(c, deps, bellId(roomId, publicId(caller.token, roomId)), false);
}

/** The conversation of a member with another one. */
interface Conversation {
  readonly roomId: string;
  readonly memberId: string;
  /** The other one. */
  readonly id: string;
  readonly logId: string;
}

/** The conversation that the path and the token name. @throws ApiError `token_needed` */
export function conversationOf(c: ApiContext): Conversation {
  const roomId = roomOf(c);
  const caller = callerOf(c);
  if (!caller.isKnown) throw ApiError.http("token_needed");
  const memberId = publicId(caller.token, roomId);
  const id = c.req.param("member") ?? "";
  if (!v.is(EntryId, id) || id === memberId) throw ApiError.of(refusal("unknown_member"));
  return { roomId, memberId, id, logId: conversationId(roomId, memberId, id) };
}

/** @throws ApiError `unknown_member`, and `rate_limited` if too many conversations were begun */
export async function checkMember(
  c: ApiContext,
  deps: ApiDeps,
  conversation: Conversation,
): Promise<void> {
  const via = c.req.query("via");
  if (via !== undefined && !v.is(EntryId, via)) throw ApiError.of(refusal("bad_id"));
  const asked = { ...conversation, via, address: c.var.address };
  const why = await reasonAgainst(deps, asked, { begins: true });
  if (why) throw ApiError.of(why);
}

/**
 * Why a member may not write in a conversation: nobody knows the other one, or too many were begun.
 * @param begins whether a message is sent, which may begin the conversation
 */
export async function reasonAgainst(
  deps: ApiDeps,
  asked: Conversation & { readonly via: string | undefined; readonly address: string },
  { begins }: { readonly begins: boolean },
): Promise<Refusal | undefined> {
  const { roomId, logId, address } = asked;
  const guess = guessWait(deps, address, roomId);
  if (guess > 0) return { ...refusal("rate_limited"), retryAfter: guess };
  const { head } = await deps.log.read(logId, { limit: 1 }, address);
  if (head > 0) return undefined;
  const other = await deps.rooms.visit(roomId, ({ presence }) => whoIs(deps.log, asked, presence));
  if (!other) {
    countGuess(deps, address, roomId);
    return refusal("unknown_member");
  }
  if (!begins) return undefined;
  const now = deps.now();
  const permits = deps.addresses.conversationsOf(address);
  const retryAfter = Math.max(...permits.map((bucket) => bucket.wait(now)));
  if (retryAfter > 0) return { ...refusal("rate_limited"), retryAfter };
  for (const bucket of permits) bucket.take(now);
  return undefined;
}
