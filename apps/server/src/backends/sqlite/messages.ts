import type { EntryFrame } from "@parley/protocol";
import type { Retention } from "../../log/retention.ts";
import type { PutItem, ShelfItem } from "../../shelf/shelf.ts";
import type { Draft, Page, Range, Target } from "../../log/log.ts";
import type { DamageFinding } from "./damage.ts";
import type { Report } from "../../log/host-reports.ts";
import type { Stored } from "./store.ts";

/** What the worker is asked to do, in order; what is only read comes last. */
export type Operation =
  | { readonly is: "append"; readonly roomId: string; readonly draft: Draft }
  | { readonly is: "read"; readonly roomId: string; readonly range: Range }
  | { readonly is: "find"; readonly roomId: string; readonly target: Target }
  | ShelfOperation;

/** What is asked of the shelf, at a moment in ms since 1970. */
type ShelfOperation = { readonly now: number } & (
  | { readonly is: "get" | "take"; readonly key: string }
  | { readonly is: "put"; readonly item: PutItem }
  | { readonly is: "list"; readonly prefix: string }
);

/** What it answers to each; `failed` if the disk did not do its part. */
export type OperationResult =
  | Stored
  | { readonly is: "page"; readonly page: Page }
  | { readonly is: "found"; readonly entry: EntryFrame | undefined }
  | { readonly is: "value"; readonly value: string | undefined }
  | { readonly is: "put"; readonly isPut: boolean }
  | { readonly is: "items"; readonly items: readonly ShelfItem[] }
  | { readonly is: "failed"; readonly why: string };

export type ToWorker =
  | { readonly is: "batch"; readonly operations: readonly Operation[] }
  | { readonly is: "faults"; readonly faults: Faults }
  | { readonly is: "close" };

export type FromWorker =
  | { readonly is: "opened" }
  /** Another server writes to the log now; nothing more is answered. */
  | { readonly is: "overtaken"; readonly why: string }
  /** Damaged entries were found: their room has a new epoch. */
  | { readonly is: "damaged"; readonly finding: DamageFinding }
  /** An append that was refused is durable after all: its files were gone, and are back. */
  | { readonly is: "late"; readonly roomId: string; readonly entry: EntryFrame }
  | { readonly is: "refused"; readonly why: string }
  | { readonly is: "outcomes"; readonly outcomes: readonly OperationResult[] }
  | { readonly is: "report"; readonly report: Report };

export interface WorkerSettings {
  readonly dataDir: string;
  readonly retention: Retention;
  readonly faults: Faults;
  /** How much may be stored; without it, there is no cap. */
  readonly dataBytes?: number;
}

/** Bad days, for tests. */
export interface Faults {
  /** Every commit takes so much longer, in ms. */
  readonly commitDelayMs?: number;
  /** The file may have so many pages of 4 KiB: a disk that fills. Without it, there is room. */
  readonly maxPages?: number;
  /** Nothing is written: a disk that fails. */
  readonly failing?: boolean;
}
