import { bellShape, RangDown, type Bell, type RangFrame } from "./bell.ts";
import { ErrorDown } from "./error.ts";
import { HistoryDown } from "./history.ts";
import { InnerJoinedDown, type InnerDown } from "./private.ts";
import { isObject, readEntry, readersOf } from "./reader.ts";
import { TypingDown } from "./typing.ts";

const innerReaders = /* @__PURE__ */ readersOf({
  joined: InnerJoinedDown,
  typing: TypingDown,
  history: HistoryDown,
  error: ErrorDown,
});

/** Kinds of entries that do not exist in a conversation. */
const FOREIGN = ["set", "rang"];

/** Reads the frame inside a `private` frame; undefined if a client skips it. */
export function readPrivate(frame: unknown): InnerDown | undefined {
  if (!isObject(frame)) return undefined;
  const { type, payload } = frame;
  if (typeof type !== "string" || FOREIGN.includes(type)) return undefined;
  if (!Object.hasOwn(innerReaders, type)) return readEntry(frame) as InnerDown | undefined;
  const read = innerReaders[type as keyof typeof innerReaders](payload);
  return read && ({ type, payload: read } as InnerDown);
}

const bellReaders = /* @__PURE__ */ readersOf({ bell: bellShape, rang: RangDown });

/** Reads the bell in a `joined`; undefined if it is missing or malformed. */
export function readBell(value: unknown): Bell | undefined {
  const bell = bellReaders.bell(value);
  if (!bell || !Array.isArray(bell.entries)) return undefined;
  const entries = (bell.entries as readonly unknown[]).map(readRang);
  return entries.every((each) => each !== undefined) ? { ...bell, entries } : undefined;
}

function readRang(frame: unknown): RangFrame | undefined {
  const payload = isObject(frame) && frame["type"] === "rang" && bellReaders.rang(frame["payload"]);
  return payload ? { type: "rang", payload } : undefined;
}
