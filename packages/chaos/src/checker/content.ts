import type { OutgoingFrame } from "@parley/client";
import { unreachable, type LogEntry } from "@parley/protocol";

/** What an author sent, as one text: two are equal when they ask for the same. */
export function bodyOf(frame: OutgoingFrame): string {
  switch (frame.type) {
    case "chat":
      return JSON.stringify(["chat", frame.payload.message, frame.payload.replyTo ?? null]);
    case "edit":
      return JSON.stringify(["edited", frame.payload.target, frame.payload.message]);
    case "delete":
      return JSON.stringify(["deleted", frame.payload.target]);
    case "react": {
      const { target, emoji, on } = frame.payload;
      return JSON.stringify(["reacted", target, emoji, on]);
    }
    default:
      return unreachable(frame);
  }
}

/** What its author had sent for it to become this entry. */
export function bodyOfEntry({ type, payload }: LogEntry): string {
  switch (type) {
    case "chat":
      return JSON.stringify([type, payload.message, payload.replyTo ?? null]);
    case "edited":
      return JSON.stringify([type, payload.target, payload.message]);
    case "deleted":
      return JSON.stringify([type, payload.target]);
    case "reacted":
      return JSON.stringify([type, payload.target, payload.emoji, payload.on]);
    case "unknown":
      return JSON.stringify([type, payload.frame]);
    default:
      return unreachable(type);
  }
}

/** All of an entry as one text, whatever the order of its fields. */
export function contentOf(entry: LogEntry): string {
  return JSON.stringify(sorted(entry));
}

/** Names an entry by its author and its id (SPEC D2). */
export function nameOf({ payload }: LogEntry): string {
  return `${payload.from.id} ${payload.id}`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)]));
}
