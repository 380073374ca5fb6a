import {
  settingLine,
  unreachable,
  type FileInfo,
  type LinePart,
  type LogEntry,
} from "@parley/protocol";
import { plainLine, plainText } from "../plain-text.ts";

/** Draws a name; `id` is the member's public id. */
export type DrawName = (name: string, id: string) => string;

/** Names the message with a `seq`. */
export type Quote = (seq: number) => string;

/** What begins a further line of an entry. */
const INDENT = "\n      ";
const bytes = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

const byNumber: Quote = (seq) => `#${seq}`;

/**
 * An entry as a line for people. Further lines of a message are indented, so that they cannot pass
 * for another message; each of its files is such a line, with its address.
 */
export function entryText(
  entry: LogEntry,
  server: URL,
  drawName: DrawName,
  quote: Quote = byNumber,
): string {
  const { at, from } = entry.payload;
  const time = new Date(at).toTimeString().slice(0, 5);
  const who = drawName(plainLine(from.name), from.id);
  return `${time} ${who}${from.hook ? " [hook]" : ""}${whatOf(entry, quote)}${fileLines(entry, server)}`;
}

function fileLines({ type, payload }: LogEntry, server: URL): string {
  const files = type === "chat" ? (payload.files ?? []) : [];
  return files.map((file) => `${INDENT}${fileText(file, server)}`).join("");
}

function fileText({ id, name, size }: FileInfo, server: URL): string {
  const url = new URL(`files/${id}/${encodeURIComponent(name)}`, server);
  const shown = bytes.format(size < 1_000 ? size : size / 1_000);
  return `${plainLine(name)} (${shown} ${size < 1_000 ? "bytes" : "kB"}) ${url.href}`;
}

function whatOf(entry: LogEntry, quote: Quote): string {
  switch (entry.type) {
    case "chat": {
      const { message, replyToSeq } = entry.payload;
      return `${replyToSeq === undefined ? "" : ` to ${quote(replyToSeq)}`}: ${indented(message)}`;
    }
    case "edited":
      return ` edited ${quote(entry.payload.targetSeq)}: ${indented(entry.payload.message)}`;
    case "deleted":
      return ` deleted ${quote(entry.payload.targetSeq)}`;
    case "reacted": {
      const { emoji, on, targetSeq } = entry.payload;
      const sign = plainLine(emoji);
      const message = quote(targetSeq);
      return on ? ` reacted ${sign} to ${message}` : ` took back ${sign} from ${message}`;
    }
    case "set": {
      const parts = settingLine(entry.payload.key, entry.payload.value).map((part) =>
        partText(part, quote),
      );
      return ` ${plainLine(parts.join(""))}`;
    }
    case "unknown":
      return " did something that this version does not know";
    default:
      return unreachable(entry);
  }
}

function partText(part: LinePart, quote: Quote): string {
  if (typeof part === "string") return part;
  return "text" in part ? part.text : quote(part.message);
}

function indented(message: string): string {
  return plainText(message).replaceAll("\n", INDENT);
}

/** The frame of an entry, as the server sent it. */
export function frameOf(entry: LogEntry): object {
  return entry.type === "unknown" ? entry.payload.frame : entry;
}
