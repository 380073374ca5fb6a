import type { DownFrame, EntryRequest, Refusal } from "@parley/protocol";
import type { OutboxRecord } from "../../storage/outbox.ts";
import type { CachedRoom } from "../../storage/room-cache.ts";
import type { OutboxRecords } from "../../storage/room-outbox.ts";
import type { Goodbye } from "../../transports/transport.ts";

/** All inputs of a session. */
export type Input =
  // From the transport. Only the newest connection is listened to.
  | { readonly type: "opened" }
  | { readonly type: "frame"; readonly frame: DownFrame }
  /** A frame that cannot be read. It still shows that the connection is alive. */
  | { readonly type: "unknownFrame" }
  | { readonly type: "closed"; readonly code: number }
  // From storage.
  /** The room from the cache; undefined if the cache has none or does not answer in time. */
  | { readonly type: "restored"; readonly cached: CachedRoom | undefined }
  /** The outbox was read: at the start, or because another tab changed it. */
  | { readonly type: "loaded"; readonly records: OutboxRecords }
  /** The outbox stored this record, or failed to, and holds `records` now. */
  | { readonly type: "stored"; readonly record: OutboxRecord; readonly records: OutboxRecords }
  /** The outbox failed to store a record. */
  | { readonly type: "unkept" }
  /** The files of a message are stored, or were refused for good. */
  | { readonly type: "uploaded"; readonly id: string; readonly refusal?: Refusal | undefined }
  /** This tab got the send lock, or another tab took it. */
  | { readonly type: "sendLock"; readonly isHeld: boolean }
  // From time and the page.
  | { readonly type: "tick" }
  /** The network is back, or the page became visible. */
  | { readonly type: "wake" }
  // From the client's user.
  | { readonly type: "connect" }
  | { readonly type: "end"; readonly how: Goodbye }
  | { readonly type: "write"; readonly id: string; readonly frame: EntryRequest }
  | { readonly type: "retry"; readonly id: string }
  /** `deletionId`: the id of the deletion, if the server may have the message. */
  | { readonly type: "discard"; readonly id: string; readonly deletionId: string }
  | { readonly type: "amend"; readonly id: string; readonly message: string }
  | { readonly type: "typing"; readonly on: boolean }
  | { readonly type: "rename"; readonly name: string; readonly ref: string }
  | { readonly type: "history"; readonly request: ReaderRequest };

/** A reader's request for a page of the log. */
export interface ReaderRequest {
  readonly for: "reader";
  /** Identifies the request. */
  readonly key: number;
  /** The page ends before this `seq`. */
  readonly before: number;
  /** The most entries that the page may have. */
  readonly limit: number;
}
