import { browserStore, type TextStore } from "./text-store.ts";

const keyOf = (roomId: string) => `parley.deletions.${roomId}`;

/** A message that its author took back, and when, in ms since 1970. */
export interface Deletion {
  readonly id: string;
  readonly at: number;
}

/** Deletions in a room that were decided and may not be on their way yet; they survive a reload. */
export function deletionsOf(roomId: string, store: TextStore = browserStore): readonly Deletion[] {
  try {
    const kept: unknown = JSON.parse(store.get(keyOf(roomId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isDeletion) : [];
  } catch {
    return [];
  }
}

/** Keeps them in place of those before. */
export function keepDeletions(
  roomId: string,
  deletions: readonly Deletion[],
  store: TextStore = browserStore,
): void {
  if (deletions.length === 0) store.remove(keyOf(roomId));
  else store.set(keyOf(roomId), JSON.stringify(deletions));
}

function isDeletion(kept: unknown): kept is Deletion {
  if (typeof kept !== "object" || kept === null) return false;
  return "id" in kept && typeof kept.id === "string" && "at" in kept && typeof kept.at === "number";
}
