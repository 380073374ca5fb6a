import type { PendingMessage } from "@parley/client";
import { isMessage, type Member } from "@parley/protocol";
import type { Message, Reaction } from "./message.ts";

/** Changes to a message that are not acknowledged yet. */
interface PendingChanges {
  /** Its last edit, pending or refused. */
  readonly edit: PendingMessage | undefined;
  /** Its pending deletion. */
  readonly deletion: PendingMessage | undefined;
  /** Whether each emoji will be one's own reaction in the end. */
  readonly reactions: ReadonlyMap<string, boolean>;
}

const NONE: PendingChanges = { edit: undefined, deletion: undefined, reactions: new Map() };
/** Every row of the timeline asks for its own part of the same list. */
const known = new WeakMap<readonly PendingMessage[], ReadonlyMap<string, PendingChanges>>();

/**
 * The pending changes of a message. The same `outgoing` gives the same object; without changes, it
 * is always the same one.
 * @param target the id of the message
 */
export function pendingChangesOf(
  outgoing: readonly PendingMessage[],
  target: string,
): PendingChanges {
  if (outgoing.length === 0) return NONE;
  let byTarget = known.get(outgoing);
  if (!byTarget) {
    byTarget = gather(outgoing);
    known.set(outgoing, byTarget);
  }
  return byTarget.get(target) ?? NONE;
}

function gather(outgoing: readonly PendingMessage[]): ReadonlyMap<string, PendingChanges> {
  const byTarget = new Map<string, PendingChanges>();
  for (const each of outgoing) {
    if (!("target" in each.frame.payload)) continue;
    const { target } = each.frame.payload;
    const before = byTarget.get(target) ?? NONE;
    byTarget.set(target, withChange(before, each));
  }
  return byTarget;
}

function withChange(before: PendingChanges, change: PendingMessage): PendingChanges {
  const { frame, state } = change;
  if (frame.type === "edit") return { ...before, edit: change };
  if (state.is === "failed") return before;
  if (frame.type === "delete") return { ...before, deletion: change };
  if (frame.type !== "react") return before;
  const { emoji, on } = frame.payload;
  return { ...before, reactions: new Map(before.reactions).set(emoji, on) };
}

/** Whether a message is deleted, or will be as soon as the server knows. */
export function isDeleted(
  { messages, outgoing }: { messages: readonly Message[]; outgoing: readonly PendingMessage[] },
  id: string,
): boolean {
  return (
    pendingChangesOf(outgoing, id).deletion !== undefined ||
    messages.findLast((message) => message.id === id)?.body.is === "deleted"
  );
}

/** The reactions to a message after all pending changes. */
export function reactionsToBe(
  reactions: readonly Reaction[],
  pending: PendingChanges["reactions"],
  self: Member | undefined,
): readonly Reaction[] {
  if (!self || pending.size === 0) return reactions;
  const changed = reactions.map(({ emoji, by }) => {
    const on = pending.get(emoji);
    const others = by.filter(({ id }) => id !== self.id);
    if (on === undefined || (on && others.length < by.length)) return { emoji, by };
    return { emoji, by: on ? [...others, self] : others };
  });
  const added = [...pending]
    .filter(([emoji, on]) => on && reactions.every((reaction) => reaction.emoji !== emoji))
    .map(([emoji]) => ({ emoji, by: [self] }));
  return [...changed, ...added].filter(({ by }) => by.length > 0);
}

/** Whether something will be sent without the user: not acknowledged, and not refused. */
export function isSending(outgoing: readonly PendingMessage[]): boolean {
  return outgoing.some(({ state }) => state.is !== "failed");
}

/** Refused entries except messages and edits, which are amended in place. */
export function refusedChanges(outgoing: readonly PendingMessage[]): readonly PendingMessage[] {
  return outgoing.filter(
    ({ frame, state }) => state.is === "failed" && !isMessage(frame) && frame.type !== "edit",
  );
}

/** An edit that is not acknowledged yet. */
interface PendingEdit {
  readonly outgoing: PendingMessage;
  readonly text: string;
}

/** The last pending edit of a message: its text once that is acknowledged. */
export function pendingEditOf(
  outgoing: readonly PendingMessage[],
  target: string,
): PendingEdit | undefined {
  const edit = outgoing.findLast(
    ({ frame }) => frame.type === "edit" && frame.payload.target === target,
  );
  return edit?.frame.type === "edit"
    ? { outgoing: edit, text: edit.frame.payload.message }
    : undefined;
}

/** The ids of the refused edits of a message. */
export function failedEditsOf(
  outgoing: readonly PendingMessage[],
  target: string,
): readonly string[] {
  return outgoing
    .filter(
      ({ frame, state }) =>
        frame.type === "edit" && frame.payload.target === target && state.is === "failed",
    )
    .map(({ id }) => id);
}
