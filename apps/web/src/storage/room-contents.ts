import type { Since } from "@parley/protocol";
import {
  isNumber,
  isText,
  json,
  listOf,
  one,
  optional,
  shape,
  stored,
  tabStore,
  type TextStore,
} from "./stored.ts";

const since = one(
  shape<{ readonly epoch: string; readonly seq: number }>({ epoch: isText, seq: isNumber }),
);

/** How far this browser's member heard their bell in a room; undefined before the first time. */
export function storedBell(roomId: string, texts?: TextStore) {
  return stored<Since, undefined>(`parley.bell.${roomId}`, since, undefined, texts);
}

/** A message that its author deleted, and when, in ms since 1970. */
export interface Deletion {
  readonly id: string;
  readonly at: number;
}

const deletions = listOf(shape<Deletion>({ id: isText, at: isNumber }));

/** Decided deletions of a room that may not be sent yet; they survive a reload. */
export function storedDeletions(roomId: string, texts?: TextStore) {
  return stored(`parley.deletions.${roomId}`, deletions, [], texts);
}

/** Members of a room whose looks are stored. */
const STORED_MAX = 64;

type Entries = readonly (readonly [id: string, face: number])[];

/** The looks of a room's members, by id: they stay over a reload. */
export function storedFaces(roomId: string, texts?: TextStore) {
  const entries = stored<Entries, Entries>(`parley.faces.${roomId}`, json(readEntries), [], texts);
  return {
    read: (): ReadonlyMap<string, number> => new Map(entries.read()),
    write: (faces: ReadonlyMap<string, number>) => entries.write([...faces].slice(0, STORED_MAX)),
  };
}

function readEntries(value: unknown): Entries | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: unknown) => {
    const [id, face] = Array.isArray(entry) ? (entry as unknown[]) : [];
    return typeof id === "string" && Number.isSafeInteger(face) && Number(face) >= 0
      ? [[id, Number(face)] as const]
      : [];
  });
}

/** The private conversation that this tab shows in a room, to open it again after a reload. */
export interface ReopenedConversation {
  /** The other member's id. */
  readonly id: string;
  readonly name: string;
  /** The id of an entry of theirs. */
  readonly via?: string | undefined;
}

const conversation = one(
  shape<ReopenedConversation>({ id: isText, name: isText, via: optional(isText) }),
);

export function storedReopened(roomId: string) {
  return stored(`parley.reopened.${roomId}`, conversation, undefined, tabStore);
}
