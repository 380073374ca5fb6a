import { createHash } from "node:crypto";
import { HOOKS_PER_ROOM_MAX, WEBHOOKS_PER_ROOM_MAX } from "../limits/limits.ts";
import { removeIf, type Shelf, type ShelfItem } from "../shelf/shelf.ts";
import { takeWebhook, type Webhook } from "../webhooks/webhook.ts";

/** What the shelf keeps of a hook under its place in the room. */
interface StoredHook {
  readonly id: string;
  readonly roomId: string;
  readonly name: string;
  /** The public id of the member who made it. */
  readonly createdBy: string;
}

/** A hook that writes in a room; also kept under the digest of its secret. */
export interface IncomingHook extends StoredHook {
  readonly kind: "in";
  /** The SHA-256 of its secret. */
  readonly digest: string;
}

/** A webhook. All else of it is kept under its id (webhooks/webhook.ts). */
export interface OutgoingHook extends StoredHook {
  readonly kind: "out";
  /** The host that receives the room's entries. */
  readonly host: string;
}

export type Hook = IncomingHook | OutgoingHook;

const ID_CHARS = 16;
const FOR_GOOD = { until: Infinity };

const prefixOf = (roomId: string) => `roomhook:${roomId}/`;
const keyOf = (digest: string) => `hook:${digest}`;

/** Digest and id of a hook, made from its secret. */
export function identify(secret: string): { readonly digest: string; readonly id: string } {
  const digest = createHash("sha256").update(secret).digest("base64url");
  return { digest, id: digest.slice(0, ID_CHARS) };
}

/**
 * Gives a hook a place in its room. @returns whether there was one. Throws LogUnavailable.
 */
export async function takePlace(shelf: Shelf, hook: Hook): Promise<boolean> {
  const isOut = hook.kind === "out";
  const places = isOut ? WEBHOOKS_PER_ROOM_MAX : HOOKS_PER_ROOM_MAX;
  for (let place = 0; place < places; place += 1) {
    const key = `${prefixOf(hook.roomId)}${isOut ? "out" : ""}${place}`;
    const isFree = { ...FOR_GOOD, onlyIf: null };
    if (await shelf.put(key, JSON.stringify(hook), isFree)) return true;
  }
  return false;
}

/** Lets a hook write from now on. Throws LogUnavailable. */
export async function activate(shelf: Shelf, hook: IncomingHook): Promise<void> {
  await shelf.put(keyOf(hook.digest), JSON.stringify(hook), FOR_GOOD);
}

/** A hook that may write, by its secret. Throws LogUnavailable. */
export async function findHook(shelf: Shelf, secret: string): Promise<IncomingHook | undefined> {
  const value = await shelf.get(keyOf(identify(secret).digest));
  return value === undefined ? undefined : (JSON.parse(value) as IncomingHook);
}

/** The hooks of a room. Throws LogUnavailable. */
export async function listHooks(shelf: Shelf, roomId: string): Promise<readonly Hook[]> {
  return (await shelf.list(prefixOf(roomId))).map(({ value }) => JSON.parse(value) as Hook);
}

/** Whether a hook still has its place: without it, the hook was revoked. Throws LogUnavailable. */
export async function hasPlace(shelf: Shelf, { roomId, id }: Hook): Promise<boolean> {
  return (await listHooks(shelf, roomId)).some((hook) => hook.id === id);
}

/**
 * Keeps a hook from writing, or from being told anything, from now on. Throws LogUnavailable.
 * @returns what was kept of a webhook; undefined if it was not made yet, or for a hook
 */
export async function takeHook(shelf: Shelf, hook: Hook): Promise<Webhook | undefined> {
  if (hook.kind === "out") return takeWebhook(shelf, hook.id);
  await shelf.take(keyOf(hook.digest));
  return undefined;
}

/** Frees the place of a hook in its room. Throws LogUnavailable. */
export async function freePlace(shelf: Shelf, hook: Hook): Promise<void> {
  const kept = await shelf.list(prefixOf(hook.roomId));
  const isThis = ({ value }: ShelfItem) => (JSON.parse(value) as Hook).id === hook.id;
  for (const { key, value } of kept.filter(isThis)) {
    // Only if it is this hook's: another hook may have the place by now.
    await removeIf(shelf, key, value);
  }
}
