import { randomBytes } from "node:crypto";
import type { Since } from "@parley/protocol";
import { SHELF_LIST_MAX, type Shelf, type ShelfItem } from "../shelf/shelf.ts";

/** A webhook as the shelf keeps it: a reader of a room's log, with a cursor. */
export interface Webhook {
  readonly id: string;
  readonly roomId: string;
  readonly name: string;
  readonly url: string;
  /** What its requests are signed with, as Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  /** The server that delivers; another one takes over once that one is gone. */
  readonly owner: string;
  /** The last entry that was delivered; `id` if it is known. */
  readonly cursor: Since;
  /** Failures in a row. */
  readonly failures: number;
  /** The first of them, in ms since 1970. */
  readonly failingSince?: number;
  /** It was given up. */
  readonly off?: true;
}

export type WebhookState = "on" | "failing" | "off";

const COLLECTION = "webhook:";
const SECRET_BYTES = 24;
const FOR_GOOD = { until: Infinity };
/** The characters of ids. */
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export const keyOf = (id: string) => COLLECTION + id;

export function mintSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** What is kept of a webhook. Throws LogUnavailable. */
export async function findWebhook(shelf: Shelf, id: string): Promise<Webhook | undefined> {
  const kept = await shelf.get(keyOf(id));
  return kept === undefined ? undefined : readWebhook(kept);
}

/** Revokes a webhook: its target is sent nothing from then on. Throws LogUnavailable. */
export async function takeWebhook(shelf: Shelf, id: string): Promise<Webhook | undefined> {
  const kept = await shelf.take(keyOf(id));
  return kept === undefined ? undefined : readWebhook(kept);
}

export function readWebhook(value: string): Webhook {
  return JSON.parse(value) as Webhook;
}

/**
 * Puts the next state of a webhook in the place of the one before. @returns what is kept now, or
 * undefined if another server changed it meanwhile, or it was revoked. Throws LogUnavailable.
 * @param present what was kept before; null: nothing
 */
export async function putWebhook(
  shelf: Shelf,
  webhook: Webhook,
  present: string | null,
): Promise<string | undefined> {
  const value = JSON.stringify(webhook);
  const isPut = await shelf.put(keyOf(webhook.id), value, { ...FOR_GOOD, onlyIf: present });
  return isPut ? value : undefined;
}

/** All webhooks of all rooms. Throws LogUnavailable. */
export async function listWebhooks(shelf: Shelf, prefix = ""): Promise<readonly ShelfItem[]> {
  const items = await shelf.list(COLLECTION + prefix);
  if (items.length < SHELF_LIST_MAX) return items;
  const parts: ShelfItem[] = [];
  for (const next of BASE64URL) parts.push(...(await listWebhooks(shelf, prefix + next)));
  return parts;
}

export function stateOf({ off, failures }: Webhook): WebhookState {
  if (off) return "off";
  return failures > 0 ? "failing" : "on";
}
