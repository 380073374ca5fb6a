import { RangDown } from "./bell.ts";
import type { LogEntry, UnknownEntry } from "./entries/entry-frame.ts";
import { entryShapes } from "./entries/kinds.ts";
import { ErrorDown } from "./error.ts";
import { HistoryDown } from "./history.ts";
import { JoinedDown } from "./join.ts";
import { PingDown, PongDown } from "./ping.ts";
import { PresenceDown } from "./presence.ts";
import { PrivateDown } from "./private.ts";
import type { Read } from "./field-types.ts";
import { TypingDown } from "./typing.ts";

/** Server to client: the payload of each type of frame. */
export const downShapes = {
  ...entryShapes,
  joined: JoinedDown,
  entered: PresenceDown,
  left: PresenceDown,
  renamed: PresenceDown,
  typing: TypingDown,
  history: HistoryDown,
  error: ErrorDown,
  ping: PingDown,
  pong: PongDown,
  private: PrivateDown,
  rang: RangDown,
};

type DownShapes = typeof downShapes;
export type DownType = keyof DownShapes;
type DownPayloads = { [T in DownType]: Read<DownShapes[T]> };
export type DownPayload<T extends DownType> = DownPayloads[T];
/** A frame that a client reads: of a known type, or an entry of a newer kind (SPEC O5). */
export type DownFrame =
  | { [T in DownType]: { type: T; payload: DownPayload<T> } }[DownType]
  | UnknownEntry;

/**
 * Whether a frame is an entry of the room's log. An entry has a `seq`, also when its kind is unknown
 * (SPEC O5). A ring of one's own bell is none.
 */
export function isEntry(frame: DownFrame): frame is LogEntry {
  return "seq" in frame.payload && frame.type !== "rang";
}
