import type { RoomEvent } from "@parley/client";
import { foldChange, type PresenceChange } from "./presence-run.ts";
import { gapBefore, type Gap, type WindowEvent } from "./gap.ts";

/** How many presence notes are kept; older ones are dropped. */
const NOTES_MAX = 200;

/** A note between messages that is not part of the log. */
export type Note =
  | {
      readonly kind: "presence";
      readonly key: string;
      /** The `seq` of the message that it comes after. */
      readonly after: number;
      readonly changes: readonly PresenceChange[];
    }
  | ({ readonly kind: "gap"; readonly key: string; readonly after: number } & Gap);

/** The target of a jump, for example of a link. */
export type JumpTarget =
  | { readonly is: "nothing" }
  | { readonly is: "looking"; readonly seq: number }
  /** It is highlighted for a while. */
  | { readonly is: "found"; readonly seq: number }
  /** It is no longer kept. */
  | { readonly is: "gone"; readonly seq: number }
  /** No message of this room has this `seq`. */
  | { readonly is: "missing"; readonly seq: number }
  /** It could not be loaded. */
  | { readonly is: "failed"; readonly seq: number };

/** What the timeline shows besides messages. */
export interface TimelineSlice {
  readonly notes: readonly Note[];
  /** The `seq` of each message that was first when a page was prepended. */
  readonly pageBoundaries: ReadonlySet<number>;
  /**
   * Which end of the list changed last: only if it was the lower one may the list stick to its end.
   */
  readonly lastChange: "up" | "down";
  readonly jumpTarget: JumpTarget;
}

export const emptyTimeline: TimelineSlice = {
  notes: [],
  pageBoundaries: new Set(),
  lastChange: "down",
  jumpTarget: { is: "nothing" },
};

type Before = TimelineSlice & {
  readonly head: number;
  readonly people: { readonly self: { readonly id: string } } | undefined;
  readonly lastNames: ReadonlyMap<string, string>;
};

/** The log starts again: its notes are dropped. */
export function timelineOpened({ head }: Before, window: WindowEvent): Partial<TimelineSlice> {
  const gap = gapBefore(window, head);
  const first = window.entries[0]?.payload.seq ?? 0;
  const notes = gap ? [gapNote(head, gap, first)] : [];
  return { notes, pageBoundaries: new Set(), lastChange: "down" };
}

/** A member joined, left or changed their name. */
export function movementNoted(
  { head, people, lastNames, notes }: Before,
  { how, member }: Extract<RoomEvent, { type: "moved" }>,
): Partial<TimelineSlice> {
  // One's own joining and leaving is no news, but one's own new name is.
  if (member.id === people?.self.id && how !== "renamed") return {};
  const was = lastNames.get(member.id);
  const step = { how, member, ...(was === undefined ? {} : { was }) };
  const last = notes.at(-1);
  const changed: readonly Note[] =
    last?.kind === "presence" && last.after === head
      ? [...notes.slice(0, -1), { ...last, changes: foldChange(last.changes, step) }]
      : [...notes, presenceNote(head, member.id, foldChange([], step))];
  return { notes: changed.slice(-NOTES_MAX), lastChange: "down" };
}

function presenceNote(after: number, first: string, changes: readonly PresenceChange[]): Note {
  return { kind: "presence", key: `presence-${after}-${first}`, after, changes };
}

function gapNote(head: number, gap: Gap, first: number): Note {
  return { kind: "gap", key: `gap-${gap.why}-${head}-${first}`, after: 0, ...gap };
}
