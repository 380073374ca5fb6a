import type { Member } from "@parley/protocol";
import type { Message, Reaction } from "../../room/message.ts";
import { pendingChangesOf, reactionsToBe } from "../../room/pending-changes.ts";
import { useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";

/** The reactions to a message with their counts; a click adds or removes one's own. */
export function ReactionList({ message, reachable }: { message: Message; reachable: boolean }) {
  const pending = useRoom(({ outgoing }) => pendingChangesOf(outgoing, message.id).reactions);
  const self = useRoom(({ people }) => people?.self);
  const reactions = reactionsToBe(message.reactions, pending, self);
  if (reactions.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1 flex flex-wrap gap-1 touch:gap-2 touch:py-0.5">
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionButton
            message={message}
            reaction={reaction}
            waits={pending.has(reaction.emoji)}
            reachable={reachable}
          />
        </li>
      ))}
    </ul>
  );
}

function ReactionButton({
  message,
  reaction: { emoji, by },
  waits,
  reachable,
}: {
  message: Message;
  reaction: Reaction;
  /** One's own reaction is not acknowledged yet. */
  waits: boolean;
  reachable: boolean;
}) {
  const react = useReact();
  const selfId = useRoom(({ people }) => people?.self.id);
  const lastNames = useRoom((state) => state.lastNames);
  const own = by.some(({ id }) => id === selfId);
  const who = reactors(by, selfId, lastNames);
  return (
    <button
      type="button"
      aria-pressed={own}
      data-reaction=""
      aria-label={`${emoji} ${by.length}: ${who}`}
      title={waits ? `${who} – waiting to be sent` : who}
      tabIndex={reachable ? 0 : -1}
      onClick={() => react(message, emoji)}
      className={classNames(
        "flex h-7 items-center gap-1.5 rounded-full border px-2 text-sm transition-colors relative before:absolute before:inset-x-0 before:-top-2 before:-bottom-1 touch:select-none touch:h-9 touch:min-w-11 touch:px-2.5",
        own
          ? "border-focus bg-mine text-ink"
          : "border-line bg-surface text-ink-soft hover:bg-hover",
        waits && "border-dashed",
      )}
    >
      {emoji} <span className="text-xs font-semibold tabular-nums">{by.length}</span>
    </button>
  );
}

/** Adds one's reaction to a message, or removes it if it is there; returns whether it adds. */
export function useReact(): (message: Message, emoji: string) => boolean {
  const roomNow = useRoomNow();
  const { react } = useRoomActions();
  return ({ id, reactions }, emoji) => {
    const { outgoing, people } = roomNow();
    const pending = pendingChangesOf(outgoing, id).reactions;
    const now = reactionsToBe(reactions, pending, people?.self);
    const by = now.find((reaction) => reaction.emoji === emoji)?.by ?? [];
    const on = !by.some((member) => member.id === people?.self.id);
    react(id, emoji, on);
    return on;
  };
}

/** How many members are named before the rest are counted. */
const NAMED_MAX = 8;

/**
 * Who reacted, in words, oneself first: "You, Ben and Cleo".
 * @param lastNames the last known name of each member, by id
 */
export function reactors(
  by: readonly Member[],
  selfId: string | undefined,
  lastNames: ReadonlyMap<string, string>,
): string {
  const others = by.filter(({ id }) => id !== selfId);
  const names = [
    ...(others.length < by.length ? ["You"] : []),
    ...others.map(({ id, name }) => lastNames.get(id) ?? name),
  ];
  if (names.length > NAMED_MAX) {
    const more = names.length - NAMED_MAX + 1;
    names.splice(NAMED_MAX - 1, more, `${more} others`);
  }
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
