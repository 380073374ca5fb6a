import type { Reaction } from "../../room/message.ts";

/** The emoji under a message, each with how many people put it there. */
export function Reactions({ reactions }: { reactions: readonly Reaction[] }) {
  if (reactions.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1 flex flex-wrap gap-1">
      {reactions.map(({ emoji, by }) => (
        <li
          key={emoji}
          title={by.map(({ name }) => name).join(", ")}
          className="flex items-center gap-1 rounded-full bg-surface px-2 py-0.5 text-sm ring-1 ring-line ring-inset"
        >
          {emoji} <span className="text-xs text-ink-soft">{by.length}</span>
        </li>
      ))}
    </ul>
  );
}
