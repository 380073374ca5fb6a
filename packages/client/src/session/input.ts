import type { DownFrame } from "@parley/protocol";
import type { OutgoingFrame } from "../events.ts";
import type { Stored } from "../outbox.ts";
import type { Kept } from "../outbox-waits.ts";
import type { CachedRoom } from "../room-cache.ts";
import type { Goodbye } from "../transport.ts";
import type { Turn } from "./sender.ts";

/** Everything that can happen to a session. */
export type Input =
  // From the socket. Only the newest socket is listened to.
  | { readonly type: "opened" }
  | { readonly type: "frame"; readonly frame: DownFrame }
  /** Something came that is no frame we know: a sign of life all the same. */
  | { readonly type: "noise" }
  | { readonly type: "closed"; readonly code: number }
  // From what is kept here.
  /** What an earlier visit has seen of the room, where that is known. */
  | { readonly type: "recalled"; readonly cached: CachedRoom | undefined }
  /** The outbox was read: at the start, or because another tab changed it. */
  | { readonly type: "loaded"; readonly kept: Kept }
  /** The outbox has it, or has failed to take it, and holds this now. */
  | { readonly type: "stored"; readonly stored: Stored; readonly kept: Kept }
  /** Whose turn it is to send, among the tabs of a browser. */
  | { readonly type: "turn"; readonly whose: Turn }
  // From time and the page.
  | { readonly type: "tick" }
  /** The network is back, or the page became visible. */
  | { readonly type: "wake" }
  // From whoever uses the client.
  | { readonly type: "connect" }
  | { readonly type: "end"; readonly how: Goodbye }
  | { readonly type: "write"; readonly id: string; readonly frame: OutgoingFrame }
  | { readonly type: "retry"; readonly id: string }
  | { readonly type: "discard"; readonly id: string }
  | { readonly type: "amend"; readonly id: string; readonly message: string }
  | { readonly type: "typing"; readonly on: boolean }
  | { readonly type: "rename"; readonly name: string; readonly ref: string }
  | { readonly type: "history"; readonly request: ReaderRequest };

/** A page of the log that a reader asks for. */
export interface ReaderRequest {
  readonly for: "reader";
  /** Tells the answers apart. */
  readonly key: number;
  readonly before: number;
  /** Entries. */
  readonly limit: number;
}
