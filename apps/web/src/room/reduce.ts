import type { RoomEvent, Status } from "@parley/client";
import { unreachable, type LogEntry } from "@parley/protocol";
import { isRevision, isUnknown } from "./message.ts";
import { foldChange } from "./presence-summary.ts";
import { learnNames } from "./names.ts";
import type { Gap, Note, Older, RoomMembers, RoomView } from "./view.ts";

type Window = Extract<RoomEvent, { type: "window" }>;

/** Lines of comings and goings that are kept; older ones drop out. */
const NOTES_MAX = 200;

/**
 * What a room's screen shows after an event; messages are folded apart (message.ts, revise.ts).
 * @param view what it showed before; it is not altered
 * @param now ms since 1970
 */
export function reduce(view: RoomView, event: RoomEvent, now: number): RoomView {
  switch (event.type) {
    case "status":
      return { ...view, ...standing(view, event.status), statusAt: now };
    case "window":
      return opened(view, event, now);
    case "entries":
      return extended(view, event.entries);
    case "caught-up":
      return {
        ...view,
        caughtUp: { fresh: event.fresh, at: now, after: now - (view.droppedAt ?? now) },
        droppedAt: undefined,
        lastReadBefore: undefined,
        // A known room that opens is caught up with before anybody saw it: that is no news.
        openedAt: view.droppedAt === undefined ? view.head : view.openedAt,
      };
    case "outgoing":
      return { ...view, outgoing: event.outgoing, lastChange: "down" };
    case "people":
      return met(view, event);
    case "moved":
      return moved(view, event);
    case "outdated":
      return { ...view, isOutdated: true };
    case "typing":
      return { ...view, typing: event.members };
    case "refused":
      return { ...view, refusal: event.refusal };
    default:
      return unreachable(event);
  }
}

/** A drop is remembered until the client has caught up: the return is told by how long it took. */
function standing(view: RoomView, status: Status): Pick<RoomView, "status" | "droppedAt"> {
  const dropped = status.is === "waiting" || status.is === "reconnecting";
  return { status, droppedAt: dropped ? status.since : view.droppedAt };
}

/** The log starts anew: what was shown is dropped, and the reader is told why (SPEC R1, R5). */
function opened(view: RoomView, event: Window, now: number): RoomView {
  const first = event.entries[0]?.payload.seq ?? 0;
  const head = event.entries.at(-1)?.payload.seq ?? 0;
  const gap = event.why === "first" ? undefined : gapIn(view, event.why, event);
  return {
    ...view,
    names: learnNames(view.names, authorsOf(event.entries)),
    notes: gap ? [gapNote(view, gap, first)] : [],
    older: olderThan(first, event.truncatedBefore),
    oldest: first,
    head,
    openedAt: event.why === "truncated" ? view.openedAt : head,
    droppedAt: undefined,
    caughtUp: gap ? { at: now, after: Infinity, fresh: freshIn(event), gap } : view.caughtUp,
    pendingRevisions: event.entries
      .filter(isRevision)
      .filter(({ payload }) => payload.targetSeq < first),
    pageBoundaries: new Set(),
    isOutdated: view.isOutdated || event.entries.some(isUnknown),
    ...unreadIn(view, event, head),
    lastChange: "down",
  };
}

/** What of a window is new to a reader who was here before. */
function unreadIn(
  view: RoomView,
  { entries, why }: Window,
  head: number,
): Pick<RoomView, "lastRead" | "firstUnread" | "lastReadBefore"> {
  const { lastReadBefore, watching, status } = view;
  if (why === "truncated" && !watching) {
    // All of it came after what was shown.
    return {
      lastRead: view.lastRead,
      firstUnread: firstUnseen(view, entries),
      lastReadBefore: undefined,
    };
  }
  if (why !== "first" || lastReadBefore === undefined) {
    return { lastRead: head, firstUnread: undefined, lastReadBefore: undefined };
  }
  return {
    lastRead: watching ? head : Math.min(head, lastReadBefore),
    firstUnread: firstUnseen(view, entries),
    // What this browser kept is shown before the server is reached: more is to come.
    lastReadBefore: status.is === "joined" ? undefined : lastReadBefore,
  };
}

/** Why the log starts anew; where it was cut, what is gone lies before where it starts now. */
function gapIn({ head }: RoomView, why: Gap["why"], { truncatedBefore }: Window): Gap {
  const gone =
    why === "truncated" && truncatedBefore !== undefined ? truncatedBefore - head - 1 : 0;
  return { why, ...(gone > 0 ? { gone } : {}) };
}

function gapNote({ head }: RoomView, gap: Gap, first: number): Note {
  return { kind: "gap", key: `gap-${gap.why}-${head}-${first}`, after: 0, ...gap };
}

/** The messages of a window that goes on, with a gap, from what was shown; of another log, none. */
function freshIn({ why, entries }: Window): number {
  return why === "truncated" ? entries.filter(({ type }) => type === "chat").length : 0;
}

function extended(view: RoomView, entries: readonly LogEntry[]): RoomView {
  const first = entries[0]?.payload.seq;
  const head = entries.at(-1)?.payload.seq;
  if (first === undefined || head === undefined) return view;
  const oldest = view.oldest === 0 ? first : view.oldest;
  const early = entries.filter(isRevision).filter(({ payload }) => payload.targetSeq < oldest);
  return {
    ...view,
    names: learnNames(view.names, authorsOf(entries)),
    older: view.older.is === "unknown" ? olderThan(first, undefined) : view.older,
    oldest,
    head,
    isOutdated: view.isOutdated || entries.some(isUnknown),
    pendingRevisions:
      early.length > 0 ? [...view.pendingRevisions, ...early] : view.pendingRevisions,
    lastRead: view.watching ? head : view.lastRead,
    firstUnread: view.firstUnread ?? (isSeen(view) ? undefined : firstUnseen(view, entries)),
    lastChange: "down",
  };
}

/** Whether what comes in is seen as it comes; what came between two visits is not. */
function isSeen({ watching, lastReadBefore }: RoomView): boolean {
  return watching && lastReadBefore === undefined;
}

/** The first message of others among the entries that the reader has not seen. */
function firstUnseen(view: RoomView, entries: readonly LogEntry[]): number | undefined {
  const { people, lastReadBefore = 0 } = view;
  const unseen = entries.find(
    ({ type, payload: { seq, from } }) =>
      type === "chat" && seq > lastReadBefore && from.id !== people?.self.id,
  );
  return unseen?.payload.seq;
}

/** Where the log stands before `first`, the first entry brought; 0 where there is none. */
export function olderThan(first: number, truncatedBefore: number | undefined): Older {
  if (truncatedBefore !== undefined && first <= truncatedBefore) return { is: "trimmed" };
  return first > 1 ? { is: "more", before: first } : { is: "beginning" };
}

function met(view: RoomView, { self, members, count }: RoomMembers): RoomView {
  const strangers = members.filter(({ id }) => !view.lastNames.has(id));
  return {
    ...view,
    people: { self, members, count },
    names: learnNames(view.names, [self, ...members]),
    lastNames:
      strangers.length === 0
        ? view.lastNames
        : new Map([...view.lastNames, ...strangers.map(({ id, name }) => [id, name] as const)]),
  };
}

function moved(view: RoomView, event: Extract<RoomEvent, { type: "moved" }>): RoomView {
  const { how, member } = event;
  const was = view.lastNames.get(member.id);
  const lastNames =
    was === member.name ? view.lastNames : new Map(view.lastNames).set(member.id, member.name);
  // One's own coming and going is no news; one's own new name is.
  if (member.id === view.people?.self.id && how !== "renamed") return { ...view, lastNames };
  const step = { how, member, ...(was === undefined ? {} : { was }) };
  const last = view.notes.at(-1);
  const notes: readonly Note[] =
    last?.kind === "presence" && last.after === view.head
      ? [...view.notes.slice(0, -1), { ...last, changes: foldChange(last.changes, step) }]
      : [...view.notes, presenceNote(view.head, member.id, foldChange([], step))];
  return { ...view, lastNames, notes: notes.slice(-NOTES_MAX), lastChange: "down" };
}

function presenceNote(after: number, first: string, run: ReturnType<typeof foldChange>): Note {
  return { kind: "presence", key: `presence-${after}-${first}`, after, changes: run };
}

function authorsOf(entries: readonly LogEntry[]) {
  return entries.map(({ payload }) => payload.from);
}
