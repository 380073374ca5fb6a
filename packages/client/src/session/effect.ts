import type { LogEntry, Refusal, UpFrame } from "@parley/protocol";
import type { RoomEvent } from "../events.ts";
import type { Stored } from "../outbox.ts";
import type { Goodbye } from "../transport.ts";

/** A page of the log, oldest entry first. */
export interface HistoryPage {
  readonly entries: readonly LogEntry[];
  /** Whether the log has older ones. */
  readonly more: boolean;
  /** The log was trimmed: it starts at this `seq`. */
  readonly truncatedBefore?: number;
}

/** What a session asks the world to do. */
export type Effect =
  /** Open a socket; there is none. */
  | { readonly do: "open" }
  | { readonly do: "drop"; readonly how: Goodbye }
  | { readonly do: "send"; readonly frame: UpFrame }
  | { readonly do: "tell"; readonly event: RoomEvent }
  /** Put into the outbox, then say `stored`. */
  | { readonly do: "store"; readonly stored: Stored }
  /** Take out of the outbox. */
  | { readonly do: "forget"; readonly id: string }
  /** Read the outbox, then say `loaded`. */
  | { readonly do: "load" }
  /** Something could leave, were it our turn: ask for it. */
  | { readonly do: "press" }
  /** Answer the reader who asked under this key. */
  | { readonly do: "turn"; readonly key: number; readonly page: HistoryPage }
  | { readonly do: "refuse"; readonly key: number; readonly refusal: Refusal };

/** Tells an event. */
export function tell(event: RoomEvent): Effect {
  return { do: "tell", event };
}
