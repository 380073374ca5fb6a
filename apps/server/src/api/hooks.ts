import { decodeUp, encode, refusal, type EntryRequest } from "@parley/protocol";
import { mintToken } from "../identity.ts";
import { ENTRY_OVERHEAD_BYTES, WEBHOOK_URL_CHARS_MAX } from "../limits/limits.ts";
import { announce, hookMember, hostOf } from "../webhooks/announcements.ts";
import { hasArrived } from "../webhooks/reader.ts";
import { throwUnlessUnavailable } from "../log/log.ts";
import { findWebhook, mintSecret, stateOf, type Webhook } from "../webhooks/webhook.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { checkGuesses, countGuess } from "./guesses.ts";
import {
  activate,
  freePlace,
  hasPlace,
  identify,
  listHooks,
  takeHook,
  takePlace,
  type Hook,
  type IncomingHook,
  type OutgoingHook,
} from "./hook-shelf.ts";
import { answerJson, callerOf, memberOf, nameOf, objectOf, roomOf } from "./request.ts";
import type { ApiContext } from "./request.ts";
import type { Submissions } from "./submissions.ts";

const BAD_URL =
  `"url" must be a public https address of at most ${WEBHOOK_URL_CHARS_MAX.toLocaleString("en")} characters. ` +
  "The host of this server can allow others with OUTBOUND_ALLOW.";

/** Who makes, tests or revokes hooks of a room. */
interface Moderator {
  readonly roomId: string;
  readonly id: string;
  readonly name: string;
}

/** POST …/rooms/:room/hooks: makes a hook. Its secret is in this answer and nowhere else. */
export async function postHook(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const moderator = await moderatorOf(c, deps);
  const { kind, name, url } = await objectOf(c);
  if (kind === "in") return makeIncoming(c, deps, moderator, nameOf(name));
  if (kind === "out") return makeOutgoing(c, deps, moderator, nameOf(name), url);
  throw ApiError.http("bad_parameter", '"kind" must be "in" or "out".');
}

async function makeIncoming(
  c: ApiContext,
  deps: ApiDeps,
  { roomId, id: createdBy }: Moderator,
  name: string,
): Promise<Response> {
  const secret = mintToken();
  const { id, digest } = identify(secret);
  const hook: IncomingHook = { id, roomId, name, kind: "in", createdBy, digest };
  takeStorage(c, deps, hook);
  // The place first: a hook that is not listed could not be revoked.
  if (!(await takePlace(deps.shelf, hook))) throw ApiError.http("too_many_hooks");
  await make(deps, hook, () => activate(deps.shelf, hook));
  return answerJson(c, { ...shown(hook), url: `/hooks/${secret}` }, 201);
}

async function makeOutgoing(
  c: ApiContext,
  deps: ApiDeps,
  { roomId, id: createdBy, name: by }: Moderator,
  name: string,
  url: unknown,
): Promise<Response> {
  const webhooks = webhooksOf(deps);
  if (typeof url !== "string" || url.length > WEBHOOK_URL_CHARS_MAX || !webhooks.admits(url)) {
    throw ApiError.http("bad_parameter", BAD_URL);
  }
  const secret = mintSecret();
  const { id } = identify(secret);
  const hook: OutgoingHook = { id, roomId, name, kind: "out", createdBy, host: hostOf(url) };
  takeStorage(c, deps, { ...hook, url });
  if (!(await takePlace(deps.shelf, hook))) throw ApiError.http("too_many_webhooks");
  const webhook = { id, roomId, name, url };
  const made = make(deps, hook, async () => {
    const cursor = await announceMade(deps, webhook, by);
    await webhooks.add({ ...webhook, secret, cursor });
  });
  await made.catch(async (error: unknown) => {
    await announceRevoked(deps, webhook);
    throw error;
  });
  return answerJson(c, { ...shown(hook), state: "on", secret }, 201);
}

/**
 * Makes a hook that has a place. If that fails, or the hook was revoked meanwhile, nothing is left
 * of it.
 * @throws ApiError `unknown_hook` if it was revoked
 */
async function make(deps: ApiDeps, hook: Hook, step: () => Promise<void>): Promise<void> {
  try {
    await step();
    if (!(await hasPlace(deps.shelf, hook))) throw ApiError.http("unknown_hook");
  } catch (error) {
    await drop(deps, hook).catch(throwUnlessUnavailable);
    throw error;
  }
}

/**
 * Ends a hook and frees its place. Throws LogUnavailable.
 * @param by the name of who revoked it
 */
async function drop(deps: ApiDeps, hook: Hook, by?: string): Promise<void> {
  // The place last: a hook that is not listed could not be revoked.
  await end(deps, hook, by);
  await freePlace(deps.shelf, hook);
  // It may have been made meanwhile. If it is made later, `make` finds that it has no place.
  await end(deps, hook, by);
}

async function end(deps: ApiDeps, hook: Hook, by: string | undefined): Promise<void> {
  const webhook = await takeHook(deps.shelf, hook);
  // Also if this server sends nothing now: it may do so later.
  deps.webhooks?.stop(hook.id);
  if (webhook) await announceRevoked(deps, webhook, by);
}

/**
 * Says in the room, once, that a webhook is revoked. It is revoked, also if nothing can be stored
 * now: then the room is not told.
 * @param by the name of who revoked it; undefined: it could not be made
 */
async function announceRevoked(
  { log, now }: ApiDeps,
  webhook: Pick<Webhook, "id" | "roomId" | "name" | "url">,
  by?: string,
): Promise<void> {
  await announce(log, webhook, { is: "revoked", by }, 0, now()).catch(throwUnlessUnavailable);
}

/** Everybody is told before anything is sent. @returns the place of that in the log */
async function announceMade(
  { log, now }: ApiDeps,
  webhook: Pick<Webhook, "id" | "roomId" | "name" | "url">,
  by: string,
): Promise<Webhook["cursor"]> {
  const announced = await announce(log, webhook, { is: "made", by }, now(), now());
  const { epoch } = await log.read(webhook.roomId, { limit: 1 });
  if (announced.is !== "new") throw new Error(`A webhook was announced as ${announced.is}.`);
  const { seq, id } = announced.entry.payload;
  return { epoch, seq, id };
}

/** GET …/rooms/:room/hooks: the hooks of a room, without their secrets. */
export async function getHooks(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const { roomId } = await moderatorOf(c, deps);
  const hooks = await listHooks(deps.shelf, roomId);
  const states = hooks.map(async (hook) => ({ ...shown(hook), ...(await stateIn(deps, hook)) }));
  return answerJson(c, { hooks: await Promise.all(states) });
}

async function stateIn({ shelf }: ApiDeps, { kind, id }: Hook) {
  if (kind === "in") return {};
  const webhook = await findWebhook(shelf, id);
  return { state: webhook ? stateOf(webhook) : "off" };
}

/** POST …/rooms/:room/hooks/:id/test: has a hook say something, or sends a test to its target. */
export async function postHookTest(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<Response> {
  const moderator = await moderatorOf(c, deps);
  const hook = await hookOf(c, deps, moderator.roomId);
  const from = hookMember(hook);
  const tooFast = submissions.hook(from);
  if (tooFast) throw ApiError.of(tooFast);
  if (hook.kind === "out") {
    const answer = await webhooksOf(deps).test(hook.id);
    if (!answer) throw ApiError.http("unknown_hook");
    return answerJson(c, { ...answer, arrived: hasArrived(answer) });
  }
  const request = testMessage(moderator.name);
  const bytes = Buffer.byteLength(request.payload.message);
  const origin = { address: c.var.address, bytes, isKnown: true };
  const submitted = await submissions.submit(hook.roomId, request, from, origin);
  if (submitted.is === "refused") throw ApiError.of(submitted.refusal);
  return answerJson(c, { is: "answered", status: 201, arrived: true });
}

/** DELETE …/rooms/:room/hooks/:id: its secret is unknown, or its target told nothing, from then on. */
export async function deleteHook(c: ApiContext, deps: ApiDeps): Promise<Response> {
  const { roomId, name: by } = await moderatorOf(c, deps);
  const hook = await hookOf(c, deps, roomId);
  await drop(deps, hook, by);
  return c.body(null, 204);
}

const shown = ({ id, name, kind, createdBy, ...rest }: Hook) => ({
  id,
  name,
  kind,
  createdBy,
  ...("host" in rest ? { host: rest.host } : {}),
});

/** @throws ApiError `unknown_hook` */
async function hookOf(c: ApiContext, { shelf }: ApiDeps, roomId: string): Promise<Hook> {
  const hooks = await listHooks(shelf, roomId);
  const hook = hooks.find(({ id }) => id === c.req.param("id"));
  if (!hook) throw ApiError.http("unknown_hook");
  return hook;
}

/** @throws ApiError `webhooks_off` */
function webhooksOf({ webhooks }: ApiDeps): Webhooks {
  if (!webhooks) throw ApiError.http("webhooks_off");
  return webhooks;
}

/** Counts what is kept of a hook, under its place and once more. @throws ApiError `rate_limited` */
function takeStorage(c: ApiContext, { addresses, now }: ApiDeps, kept: object): void {
  const bytes = 2 * JSON.stringify(kept).length + ENTRY_OVERHEAD_BYTES;
  const retryAfter = addresses.storageOf(c.var.address).take(now(), bytes);
  if (retryAfter > 0) throw ApiError.of({ ...refusal("rate_limited"), retryAfter });
}

/** The room, and who asks: somebody with a token. An empty room counts as a guess. */
async function moderatorOf(c: ApiContext, deps: ApiDeps): Promise<Moderator> {
  const roomId = roomOf(c);
  const caller = callerOf(c);
  if (!caller.isKnown) throw ApiError.http("token_needed");
  checkGuesses(deps, c.var.address, roomId);
  const { head } = await deps.log.read(roomId, { limit: 1 }, c.var.address);
  if (head === 0) countGuess(deps, c.var.address, roomId);
  return { roomId, ...memberOf(c, deps.rooms, roomId, caller) };
}

type Chat = Extract<EntryRequest, { type: "chat" }>;

function testMessage(by: string): Chat {
  const decoded = decodeUp(encode({ type: "chat", payload: { message: `A test by ${by}.` } }));
  if (!decoded.ok) throw ApiError.of(decoded.refusal);
  return decoded.frame as Chat;
}
