import type { LogEntry, SetFrame } from "@parley/protocol";

/** What a run writes down, as it happens, of one client: the checker knows nothing else. */
export type Observation = { readonly client: string } & (
  | { readonly is: "met"; readonly person: string }
  /** Its author means to say this, connected or not; the order is that of writing. */
  | { readonly is: "wrote"; readonly id: string; readonly body: string }
  /** An entry of its author's own came over the wire: it is durable (SPEC D1, D2). */
  | { readonly is: "acknowledged"; readonly epoch: string; readonly entry: LogEntry }
  /** `final`: it must never be shown; else the same may be sent again (SPEC D4). */
  | {
      readonly is: "refused";
      readonly id: string;
      readonly body: string;
      readonly final: boolean;
    }
  /**
   * Several were on the way when one of them was refused for now: these have no answer, and are sent
   * again. Those that were sent after them may stand before them.
   */
  | { readonly is: "overtaken"; readonly ids: readonly string[] }
  /**
   * The client starts again from a new window, or continues after a part that is gone (SPEC R1,
   * R5).
   */
  | Window
  /** More is shown. */
  | Shown
  /** It is not here at the end, and was owed nothing from then on. */
  | { readonly is: "left" }
);

export interface Window {
  readonly is: "window";
  readonly why: "first" | "reset" | "truncated";
  readonly epoch: string;
  readonly entries: readonly LogEntry[];
  /** The log is said to start at this `seq`. */
  readonly truncatedBefore?: number;
}

export interface Shown {
  readonly is: "shown";
  readonly epoch: string;
  readonly entries: readonly LogEntry[];
}

/** The log as it stands when everything is over. */
export interface FinalLog {
  readonly epoch: string;
  readonly head: number;
  /** The first `seq` that is kept; those before were trimmed. */
  readonly first: number;
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** What a newcomer is told of the settings then, by every server. */
  readonly told: readonly ToldSettings[];
}

/** The settings in a `joined`. */
export interface ToldSettings {
  readonly server: string;
  readonly epoch: string;
  readonly settings: readonly SetFrame[];
}
