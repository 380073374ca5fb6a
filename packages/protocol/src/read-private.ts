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

/** Kinds of entries that a conversation has not. */
const FOREIGN = ["set", "rang"];

/** Reads the frame in a `private` one; undefined where a client skips it. */
export function readPrivate(frame: unknown): InnerDown | undefined {
  if (!isObject(frame)) return undefined;
  const { type, payload } = frame;
  if (typeof type !== "string" || FOREIGN.includes(type)) return undefined;
  if (!Object.hasOwn(innerReaders, type)) return readEntry(frame) as InnerDown | undefined;
  const read = innerReaders[type as keyof typeof innerReaders](payload);
  return read && ({ type, payload: read } as InnerDown);
}
