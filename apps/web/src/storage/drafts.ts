import type { Member } from "@parley/protocol";

import { browserStore, type TextStore } from "./text-store.ts";

/** The message that is being replied to, as it read when the reply began. */
export interface ReplyTarget {
  readonly id: string;
  readonly from: Member;
  readonly text: string;
}

const keyOf = (roomId: string) => `parley.draft.${roomId}`;
const answeredKeyOf = (roomId: string) => `parley.draft-answers.${roomId}`;

/** What was being written in a room when it was last open; empty where nothing was. */
export function draftOf(roomId: string, store: TextStore = browserStore): string {
  return store.get(keyOf(roomId)) ?? "";
}

/** Keeps what is being written; a blank text is forgotten. */
export function keepDraft(roomId: string, text: string, store: TextStore = browserStore): void {
  if (text.trim() === "") store.remove(keyOf(roomId));
  else store.set(keyOf(roomId), text);
}

/** The message that the draft of a room answers; undefined where it answers none. */
export function draftAnswers(
  roomId: string,
  store: TextStore = browserStore,
): ReplyTarget | undefined {
  try {
    const kept: unknown = JSON.parse(store.get(answeredKeyOf(roomId)) ?? "null");
    return isAnswered(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps which message is being answered; undefined forgets it. */
export function keepDraftAnswers(
  roomId: string,
  answered: ReplyTarget | undefined,
  store: TextStore = browserStore,
): void {
  if (answered) store.set(answeredKeyOf(roomId), JSON.stringify(answered));
  else store.remove(answeredKeyOf(roomId));
}

function isAnswered(value: unknown): value is ReplyTarget {
  if (typeof value !== "object" || value === null) return false;
  const { id, text, from } = value as Partial<Record<keyof ReplyTarget, unknown>>;
  if (typeof id !== "string" || typeof text !== "string") return false;
  if (typeof from !== "object" || from === null) return false;
  const { id: author, name } = from as Partial<Record<keyof ReplyTarget["from"], unknown>>;
  return typeof author === "string" && typeof name === "string";
}
