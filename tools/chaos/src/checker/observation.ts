import type { LogEntry, SetFrame } from "@parley/protocol";

/** What a run records of one client, as it happens. The checker knows nothing else. */
export type Observation = { readonly client: string } & (
  | { readonly is: "met"; readonly person: string }
  /** Its author writes this, connected or not; in the order of writing. */
  | { readonly is: "wrote"; readonly id: string; readonly body: string }
  /** An entry of its own arrived: it is durable (SPEC D1, D2). */
  | { readonly is: "acknowledged"; readonly epoch: string; readonly entry: LogEntry }
  /** `final`: it must never be shown; otherwise the same may be sent again (SPEC D4). */
  | {
      readonly is: "refused";
      readonly id: string;
      readonly body: string;
      readonly final: boolean;
      /** It was sent twice over one connection: the other one may have been taken. */
      readonly isOneOfTwo?: boolean;
    }
  /**
   * Several were in flight when one of them was refused temporarily: these have no answer, and are
   * sent again. Those that were sent after them may come before them.
   */
  | { readonly is: "overtaken"; readonly ids: readonly string[] }
  /** The client starts again from a new window, or continues after a gap (SPEC R1, R5). */
  | ObservedWindow
  /** More entries are shown. */
  | Shown
  /** It has left before the end; nothing was due to it from then on. */
  | { readonly is: "left" }
);

export interface ObservedWindow {
  readonly is: "window";
  readonly why: "first" | "reset" | "truncated";
  readonly epoch: string;
  readonly entries: readonly LogEntry[];
  /** The first `seq` that is kept, as the server says. */
  readonly truncatedBefore?: number;
}

export interface Shown {
  readonly is: "shown";
  readonly epoch: string;
  readonly entries: readonly LogEntry[];
}

/** The log when everything is over. */
export interface FinalLog {
  readonly epoch: string;
  readonly head: number;
  /** The first `seq` that is kept; earlier ones were trimmed. */
  readonly first: number;
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** The settings that a new member gets at the end, from every server. */
  readonly told: readonly ToldSettings[];
}

/** The settings in a `joined`. */
export interface ToldSettings {
  readonly server: string;
  readonly epoch: string;
  readonly settings: readonly SetFrame[];
}
