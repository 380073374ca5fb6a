import type { Stretch } from "./highlight.ts";
import type { Language } from "./languages.ts";

/** How long a worker may take for one piece of code before it is ended, in ms. */
export const HIGHLIGHT_WITHIN_MS = 1_000;
/** How many coloured pieces are cached, for code that scrolls out of view and back. */
const KNOWN_MAX = 200;

/** The request to a worker. */
export interface HighlightJob {
  readonly code: string;
  readonly language: Language;
}

/** What a worker posts: first that it is loaded, then an answer to each job. */
export type HighlightAnswer = "ready" | readonly Stretch[];

/** A worker that colours one piece of code at a time. */
export interface HighlightWorker {
  readonly post: (job: HighlightJob) => void;
  readonly terminate: () => void;
}

export interface HighlighterDeps {
  /** Starts a worker. `onFailed` is called if it cannot be loaded or breaks. */
  readonly open: (
    onAnswer: (answer: HighlightAnswer) => void,
    onFailed: () => void,
  ) => HighlightWorker;
  /** Runs something later; returns a function that cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** A job, and who waits for it. */
interface Pending {
  readonly job: HighlightJob;
  readonly answer: Promise<readonly Stretch[]>;
  readonly resolve: (stretches: readonly Stretch[]) => void;
}

type State =
  | { readonly is: "off" }
  | { readonly is: "starting"; readonly worker: HighlightWorker }
  | { readonly is: "idle"; readonly worker: HighlightWorker }
  | {
      readonly is: "busy";
      readonly worker: HighlightWorker;
      readonly pending: Pending;
      readonly deadline: () => void;
    };

/**
 * Colours code in a worker, so that hostile code blocks nothing: a worker that takes too long is
 * ended, the code stays plain, and another worker continues. The last request comes first, because
 * it is what the user looks at.
 */
export class Highlighter {
  readonly #deps: HighlighterDeps;
  readonly #pending: Pending[] = [];
  readonly #known = new Map<string, readonly Stretch[]>();
  #state: State = { is: "off" };

  constructor(deps: HighlighterDeps) {
    this.#deps = deps;
  }

  /** The colours of a piece of code, if they are cached. */
  known(job: HighlightJob): readonly Stretch[] | undefined {
    return this.#known.get(keyOf(job));
  }

  /** Colours a piece of code. Resolves with one plain span if that fails. */
  highlight(job: HighlightJob): Promise<readonly Stretch[]> {
    const known = this.known(job);
    if (known) return Promise.resolve(known);
    const key = keyOf(job);
    const same = [...this.#pending, ...this.#underWay()].find(({ job }) => keyOf(job) === key);
    if (same) return same.answer;
    const { promise, resolve } = Promise.withResolvers<readonly Stretch[]>();
    this.#pending.push({ job, answer: promise, resolve });
    this.#goOn();
    return promise;
  }

  #underWay(): readonly Pending[] {
    return this.#state.is === "busy" ? [this.#state.pending] : [];
  }

  /** Gives the worker the next job, or starts a worker. */
  #goOn(): void {
    const state = this.#state;
    if (state.is === "starting" || state.is === "busy" || this.#pending.length === 0) return;
    if (state.is === "off") {
      const worker: HighlightWorker = this.#deps.open(
        (answer) => this.#hear(worker, answer),
        () => this.#fail(worker),
      );
      this.#state = { is: "starting", worker };
      return;
    }
    const pending = this.#pending.pop();
    if (!pending) return;
    const { worker } = state;
    const deadline = this.#deps.after(HIGHLIGHT_WITHIN_MS, () => this.#fail(worker));
    this.#state = { is: "busy", worker, pending, deadline };
    worker.post(pending.job);
  }

  #hear(worker: HighlightWorker, answer: HighlightAnswer): void {
    const state = this.#state;
    if (state.is === "off" || state.worker !== worker) return;
    this.#state = { is: "idle", worker };
    if (state.is === "busy" && answer !== "ready") {
      state.deadline();
      this.#settle(state.pending, answer);
    }
    this.#goOn();
  }

  /** Drops a broken worker: its job stays plain, and so does everything if it never loaded. */
  #fail(worker: HighlightWorker): void {
    const state = this.#state;
    if (state.is === "off" || state.worker !== worker) return;
    this.#state = { is: "off" };
    worker.terminate();
    if (state.is === "busy") {
      state.deadline();
      this.#settle(state.pending, plain(state.pending.job));
      this.#goOn();
      return;
    }
    for (const { job, resolve } of this.#pending.splice(0)) resolve(plain(job));
  }

  #settle({ job, resolve }: Pending, stretches: readonly Stretch[]): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= KNOWN_MAX && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(keyOf(job), stretches);
    resolve(stretches);
  }
}

function keyOf({ code, language }: HighlightJob): string {
  return `${language} ${code}`;
}

function plain({ code }: HighlightJob): readonly Stretch[] {
  return [{ text: code }];
}
