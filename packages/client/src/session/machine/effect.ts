import type { FileInfo, LogEntry, Refusal, UpFrame } from "@parley/protocol";
import type { RoomEvent } from "../../events.ts";
import type { OutboxRecord } from "../../storage/outbox.ts";
import type { Goodbye } from "../../transports/transport.ts";

/** A page of the log, oldest entry first. */
export interface HistoryPage {
  readonly entries: readonly LogEntry[];
  /** Whether the log has older entries. */
  readonly more: boolean;
  /** The first `seq` that is kept, if the log was trimmed. */
  readonly truncatedBefore?: number;
}

/** Without an answer to a frame within this, in ms, it is unknown whether it arrived (SPEC D4). */
export const ANSWER_WAIT_MS = 10_000;

/** What a session asks its runner to do. */
export type Effect =
  /** Open a connection; none is open. */
  | { readonly do: "open" }
  | { readonly do: "drop"; readonly how: Goodbye }
  | { readonly do: "send"; readonly frame: UpFrame }
  | { readonly do: "tell"; readonly event: RoomEvent }
  /** Put into the outbox, then report `stored`. */
  | { readonly do: "store"; readonly record: OutboxRecord }
  /** Remove from the outbox. */
  | {
      readonly do: "forget";
      readonly id: string;
      /** Their bytes are not needed any more. */
      readonly files: readonly FileInfo[];
      /** False: its author discarded it. */
      readonly isSent: boolean;
    }
  /** Upload the files of a message, then report `uploaded`. */
  | { readonly do: "upload"; readonly id: string; readonly files: readonly FileInfo[] }
  | { readonly do: "stopUpload"; readonly id: string }
  /** Read the outbox, then report `loaded`. */
  | { readonly do: "load" }
  /** An entry could be sent, but another tab holds the send lock. */
  | { readonly do: "requestSendLock" }
  /** Resolve the page request with this key. */
  | { readonly do: "resolvePage"; readonly key: number; readonly page: HistoryPage }
  | { readonly do: "rejectPage"; readonly key: number; readonly refusal: Refusal };

/** An effect that sends an event to the listeners. */
export function tell(event: RoomEvent): Effect {
  return { do: "tell", event };
}
