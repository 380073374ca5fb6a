import { unreachable, type Member } from "@parley/protocol";
import type { Message, Reaction, Revision } from "./message.ts";

/**
 * Applies edits, deletions and reactions to their messages. Only its author changes a message, and
 * a deleted one stays deleted; anything else is ignored.
 * @param messages in the order of the log
 * @param revisions in the order of the log; those whose target is not among the messages do nothing
 * @returns the same array if nothing changed, otherwise a new one; no message is changed in place
 */
export function revise(messages: Message[], revisions: readonly Revision[]): Message[] {
  let revised = messages;
  for (const revision of revisions) {
    const at = indexOfSeq(revised, revision.payload.targetSeq);
    const target = at === undefined ? undefined : revised[at];
    if (at === undefined || target?.id !== revision.payload.target) continue;
    if (target.body.is === "deleted" || !mayChange(revision, target)) continue;
    if (revised === messages) revised = [...messages];
    revised[at] = changed(target, revision);
  }
  return revised;
}

/**
 * The index of the message with this `seq`, by binary search, because the log is in order (SPEC
 * O1).
 */
export function indexOfSeq(messages: readonly Message[], seq: number): number | undefined {
  let low = 0;
  let high = messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = messages[middle]?.seq ?? 0;
    if (found === seq) return middle;
    if (found < seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** Anybody may react. The server refuses other changes already (`not_author`). */
function mayChange({ type, payload }: Revision, { from }: Message): boolean {
  return type === "reacted" || payload.from.id === from.id;
}

function changed(message: Message, revision: Revision): Message {
  switch (revision.type) {
    case "edited": {
      const { message: text, at } = revision.payload;
      return { ...message, body: { ...message.body, is: "said", text, editedAt: at } };
    }
    case "deleted":
      return { ...message, body: { is: "deleted", at: revision.payload.at }, reactions: [] };
    case "reacted": {
      const { emoji, on, from } = revision.payload;
      return { ...message, reactions: reacted(message.reactions, emoji, on, from) };
    }
    default:
      return unreachable(revision);
  }
}

function reacted(
  reactions: readonly Reaction[],
  emoji: string,
  on: boolean,
  who: Member,
): readonly Reaction[] {
  const others = reactions
    .find((reaction) => reaction.emoji === emoji)
    ?.by.filter((member) => member.id !== who.id);
  if (!others) return on ? [...reactions, { emoji, by: [who] }] : reactions;
  const by = on ? [...others, who] : others;
  return reactions
    .map((reaction) => (reaction.emoji === emoji ? { emoji, by } : reaction))
    .filter((reaction) => reaction.by.length > 0);
}
