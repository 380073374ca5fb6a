import { unreachable, type EntryFrame } from "@parley/protocol";
import { firstThatFit } from "../delivery/page-size.ts";
import { continuation, throwUnlessUnavailable, type Page, type RoomLog } from "../log/log.ts";
import type { Answer, Door } from "../outbound/door.ts";
import type { Shelf } from "../shelf/shelf.ts";
import type { Timers } from "../timing/timer-wheel.ts";
import { cursorAfter, signedRequest, type WebhookNews } from "./request.ts";
import { keyOf, putWebhook, type Webhook } from "./webhook.ts";

/** Entries in one request; their bytes are those of a page. */
const ENTRIES_PER_REQUEST_MAX = 100;
/** What a body has beside its entries, in bytes. */
const ENVELOPE_BYTES = 1_024;
/** Characters of entries that are read at once. */
const READ_CHARS = 256 * 1024;
/** The wait after the first failure, in ms; it doubles. */
const RETRY_MS = 1_000;
const RETRY_MS_MAX = 600_000;
/** How long a target may fail before its webhook is given up, in ms. */
const FAILING_MS_MAX = 3 * 86_400_000;
/** The answer that says that there is no more such target. */
const GONE = 410;

export interface ReaderDeps {
  readonly log: RoomLog;
  readonly shelf: Shelf;
  readonly door: Pick<Door, "post">;
  readonly timers: Timers;
  /** In ms since 1970. */
  readonly now: () => number;
  /** Tells the room that the webhook is given up; called again, it tells nothing. */
  readonly announceOff: (webhook: Webhook, isGone: boolean) => Promise<unknown>;
  /** It reads no more: another server has it, it was revoked, or it is off. */
  readonly onEnd: () => void;
  /** A bug. */
  readonly onFailure: (error: unknown) => void;
}

/** Tells a target of the entries of a room, in order, one request at a time (SPEC H5). */
export class WebhookReader {
  readonly #deps: ReaderDeps;
  readonly #stopping = new AbortController();
  /** Fulfilled once nothing is under way any more. */
  readonly ended: Promise<void>;
  #webhook: Webhook;
  #kept: string;
  #hasNews = false;
  #wake: () => void = () => undefined;

  /** @param kept the webhook as the shelf has it; another value there ends the reader */
  constructor(webhook: Webhook, kept: string, deps: ReaderDeps) {
    this.#webhook = webhook;
    this.#kept = kept;
    this.#deps = deps;
    this.ended = this.#run().catch(deps.onFailure).finally(deps.onEnd);
  }

  /** Gives up what is under way. What was sent and not answered is sent again by the next reader. */
  stop(): void {
    this.#stopping.abort();
    this.#wake();
  }

  async #run(): Promise<void> {
    let unfollow: (() => void) | undefined;
    const onNews = () => {
      this.#hasNews = true;
      this.#wake();
    };
    try {
      // A target that failed is not asked sooner because another server, or this one again, has it now.
      await this.#pauseAfterFailures();
      let isGoingOn = true;
      while (isGoingOn && !this.#isStopping) {
        try {
          unfollow ??= await this.#deps.log.follow(this.#webhook.roomId, onNews, onNews);
          isGoingOn = await this.#step();
        } catch (error) {
          throwUnlessUnavailable(error);
          await this.#pause(RETRY_MS);
        }
      }
    } finally {
      unfollow?.();
    }
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Sends what comes next, or waits for it. @returns whether the reader goes on */
  async #step(): Promise<boolean> {
    this.#hasNews = false;
    // A server that revoked it or took it over has changed what the shelf has.
    if ((await this.#deps.shelf.get(keyOf(this.#webhook.id))) !== this.#kept) return false;
    const { roomId, cursor } = this.#webhook;
    const page = await this.#read({ after: Math.max(0, cursor.seq - 1) });
    const next = continuation(cursor, page);
    switch (next.is) {
      case "continued": {
        const entries = page.entries.filter(({ payload }) => payload.seq > cursor.seq);
        const fitting = firstThatFit(entries.slice(0, ENTRIES_PER_REQUEST_MAX), ENVELOPE_BYTES);
        if (fitting.length === 0) return this.#sleep();
        return this.#tell({ is: "entries", epoch: page.epoch, entries: fitting });
      }
      case "truncated": {
        const [from, to] = [cursor.seq + 1, page.first - 1];
        return this.#tell({ is: "reset", why: "trimmed", epoch: page.epoch, from, to });
      }
      case "reset": {
        const { epoch, head, entries } = await this.#deps.log.read(roomId, { limit: 1 });
        const told = { is: "reset", why: "another_log", epoch, from: 1, to: head } as const;
        return this.#tell(told, idOf(entries, head));
      }
      default:
        return unreachable(next);
    }
  }

  #read(range: { readonly after: number }): Promise<Page> {
    const extent = { limit: ENTRIES_PER_REQUEST_MAX + 1, enough: READ_CHARS };
    return this.#deps.log.read(this.#webhook.roomId, { ...range, ...extent });
  }

  async #tell(told: Exclude<WebhookNews, { is: "test" }>, headId?: string): Promise<boolean> {
    const { door, now } = this.#deps;
    const request = signedRequest(this.#webhook, told, now());
    const { signal } = this.#stopping;
    const answer = await door.post(this.#webhook.url, { ...request, signal });
    if (this.#isStopping) return false;
    if (!hasArrived(answer)) return this.#fail(answer);
    const { failingSince: _, ...webhook } = this.#webhook;
    return this.#keep({ ...webhook, failures: 0, cursor: cursorAfter(told, headId) });
  }

  async #fail(answer: Answer): Promise<boolean> {
    const { now, announceOff } = this.#deps;
    const failures = this.#webhook.failures + 1;
    const { failingSince = now() } = this.#webhook;
    const isGone = answer.is === "answered" && answer.status === GONE;
    const failing: Webhook = { ...this.#webhook, failures, failingSince };
    if (isGone || now() - failingSince >= FAILING_MS_MAX) {
      // The room is told first: nothing is off that nobody was told of.
      await this.#persist(() => announceOff(failing, isGone));
      await this.#keep({ ...failing, off: true });
      return false;
    }
    if (!(await this.#keep(failing))) return false;
    await this.#pauseAfterFailures();
    return true;
  }

  async #keep(webhook: Webhook): Promise<boolean> {
    const kept = await this.#persist(() => putWebhook(this.#deps.shelf, webhook, this.#kept));
    if (kept === undefined) return false;
    this.#webhook = webhook;
    this.#kept = kept;
    return true;
  }

  /**
   * Writes to the log or the shelf, again and again while they are away: the target is not asked
   * once more for what it answered. @returns undefined if the reader was stopped meanwhile
   */
  async #persist<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
    while (!this.#isStopping) {
      try {
        return await write();
      } catch (error) {
        throwUnlessUnavailable(error);
        await this.#pause(RETRY_MS);
      }
    }
    return undefined;
  }

  /** Waits for the next entry. */
  async #sleep(): Promise<true> {
    while (!this.#hasNews && !this.#isStopping) await this.#woken();
    return true;
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #pauseAfterFailures(): Promise<void> {
    const { failures } = this.#webhook;
    if (failures === 0) return;
    await this.#pause(Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** (failures - 1)));
  }

  /** Waits though there may be news. */
  async #pause(ms: number): Promise<void> {
    let isOver = false;
    const cancel = this.#deps.timers.after(ms, () => {
      isOver = true;
      this.#wake();
    });
    while (!isOver && !this.#isStopping) await this.#woken();
    cancel();
  }
}

/** Whether an answer says that the target has taken what it was sent. */
export function hasArrived(answer: Answer): boolean {
  return answer.is === "answered" && answer.status >= 200 && answer.status < 300;
}

function idOf(entries: readonly EntryFrame[], seq: number): string | undefined {
  const last = entries.at(-1)?.payload;
  return last?.seq === seq ? last.id : undefined;
}
