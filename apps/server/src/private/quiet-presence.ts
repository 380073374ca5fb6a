import type { OpenPresence } from "../presence/presence.ts";

/** The presence of conversations: announces typing only, and nobody who joins, leaves or is renamed. */
export function quietly(openPresence: OpenPresence): OpenPresence {
  return (id, deps, events) =>
    openPresence(id, deps, {
      entered: () => {},
      left: () => {},
      renamed: () => {},
      counted: () => {},
      typing: (member, on) => events.typing(member, on),
      emptied: () => events.emptied(),
    });
}
