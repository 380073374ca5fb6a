import {
  PAGE_ENTRIES_MAX,
  unreachable,
  type DownPayload,
  type Refusal,
  type UpFrame,
} from "@parley/protocol";
import { nextWait, rested, type Backoff } from "../../backoff.ts";
import type { Moment } from "../../clock.ts";
import { ANSWER_WAIT_MS, type Effect } from "../machine/effect.ts";
import type { ReaderRequest } from "../machine/input.ts";
import { andThen, step, type Step } from "../machine/step.ts";

/** A requested page: for a reader, or to fill a hole (SPEC R4). */
export type PageRequest = ReaderRequest | { readonly for: "hole"; readonly after: number };

/** How many pages may be in flight at once, if answers name their request. */
export const PAGES_OUT_MAX = 4;

/** The longest wait for a page over a slow network, in ms. A dead connection is silent for longer. */
const PAGE_WAIT_MAX_MS = 30_000;

/** The requests for pages. */
export interface Pages {
  /** Sent and not answered, in the order in which they were sent. */
  readonly out: readonly PageRequest[];
  /** A page must arrive by then, in ms since 1970; undefined if none is in flight. */
  readonly answerBy: number | undefined;
  /** How long a page may take, in ms. */
  readonly wait: number;
  /** Not sent yet. */
  readonly queue: readonly ReaderRequest[];
  /** The hole could not be filled: do not ask again before this, in ms since 1970. */
  readonly holePausedUntil: number | undefined;
  readonly holeBackoff: Backoff;
}

export const noPages: Pages = {
  out: [],
  answerBy: undefined,
  wait: ANSWER_WAIT_MS,
  queue: [],
  holePausedUntil: undefined,
  holeBackoff: rested,
};

/** The `ref` of a request, unique among those in flight on the connection. */
function refOfPage(request: PageRequest): string {
  switch (request.for) {
    case "reader":
      return `page-${request.key}`;
    case "hole":
      return `hole-${request.after}`;
    default:
      return unreachable(request);
  }
}

/** Adds the request of a reader. */
export function queued(pages: Pages, request: ReaderRequest): Pages {
  return { ...pages, queue: [...pages.queue, request] };
}

/**
 * Sends as many requests as may be in flight, first the one that fills the hole.
 * @param hole the last `seq` before it, if there is one
 */
export function sendRequests(
  before: Pages,
  hole: number | undefined,
  namesAnswers: boolean,
  now: number,
): Step<Pages> {
  const pages = hole === undefined ? withoutHole(before) : before;
  const isPaused = (pages.holePausedUntil ?? now) > now;
  const isFilling = pages.out.some((request) => request.for === "hole");
  const fill: PageRequest | undefined =
    hole === undefined || isPaused || isFilling ? undefined : { for: "hole", after: hole };
  const request = fill ?? pages.queue[0];
  if (!request || isFull(pages, namesAnswers)) return step(pages);
  const sent = step(asked(pages, request, now), { do: "send", frame: historyFrame(request) });
  return andThen(sent, (pages) => sendRequests(pages, hole, namesAnswers, now));
}

function historyFrame(request: PageRequest): UpFrame {
  const range =
    request.for === "hole"
      ? { after: request.after, limit: PAGE_ENTRIES_MAX }
      : { before: request.before, limit: request.limit };
  return { type: "history", payload: { ref: refOfPage(request), ...range } };
}

/** Whether as many pages are in flight as may be: one, if answers do not name their request. */
function isFull({ out }: Pages, namesAnswers: boolean): boolean {
  return out.length >= (namesAnswers ? PAGES_OUT_MAX : 1);
}

function asked(pages: Pages, request: PageRequest, now: number): Pages {
  const queue = pages.queue.filter((queued) => queued !== request);
  const out = [...pages.out, request];
  const answerBy = pages.answerBy ?? now + pages.wait;
  const holePausedUntil = request.for === "hole" ? undefined : pages.holePausedUntil;
  return { ...pages, out, answerBy, queue, holePausedUntil };
}

/**
 * A request was answered. The server reads requests in order, so the next one's time starts now.
 */
export function answered(pages: Pages, request: PageRequest, now: number): Pages {
  const out = pages.out.filter((other) => other !== request);
  return { ...pages, out, answerBy: out.length === 0 ? undefined : now + pages.wait };
}

/**
 * A request was refused: the reader's promise rejects; the hole is requested again after a wait.
 */
export function pageRefused(
  before: Pages,
  request: PageRequest,
  refusal: Refusal,
  moment: Moment,
): Step<Pages> {
  const pages = answered(before, request, moment.now);
  if (request.for === "hole") return step(putOffHole(pages, refusal.retryAfter ?? 0, moment));
  return step(pages, { do: "rejectPage", key: request.key, refusal });
}

/** The hole is not filled yet: ask again after a wait. */
export function putOffHole(pages: Pages, atLeast: number, { now, random }: Moment): Pages {
  const { wait, backoff } = nextWait(pages.holeBackoff, random, atLeast);
  return { ...pages, holePausedUntil: now + wait, holeBackoff: backoff };
}

/** There is no hole: nothing to ask for; the next hole is requested at once. */
function withoutHole(pages: Pages): Pages {
  if (pages.holePausedUntil === undefined) return pages;
  return { ...pages, holePausedUntil: undefined, holeBackoff: rested };
}

/**
 * Finds the request that a page answers, by its `ref`. A server before 1.2 sends none: then one is
 * in flight at a time, and the content tells a late answer to an earlier request.
 */
export function requestOf(
  { out }: Pages,
  page: DownPayload<"history">,
  namesAnswers: boolean,
): PageRequest | undefined {
  return out.find((request) =>
    namesAnswers ? refOfPage(request) === page.ref : couldAnswer(request, page),
  );
}

/** The request that a refusal names. */
export function requestNamed({ out }: Pages, ref: string): PageRequest | undefined {
  return out.find((request) => refOfPage(request) === ref);
}

function couldAnswer(request: PageRequest, page: DownPayload<"history">): boolean {
  const first = page.entries[0]?.payload.seq;
  const last = page.entries.at(-1)?.payload.seq;
  if (first === undefined || last === undefined) return true;
  if (request.for === "reader") return last < request.before;
  return first === request.after + 1 || (page.truncatedBefore ?? 0) > request.after + 1;
}

/** A page did not arrive in time. Perhaps the network is slow: from now on, a page may take longer. */
export function overdue(pages: Pages): Pages {
  return { ...pages, wait: Math.min(PAGE_WAIT_MAX_MS, 2 * pages.wait) };
}

/** Refuses all waiting readers and drops all requests. */
export function rejectAll({ out, queue, wait }: Pages, refusal: Refusal): Step<Pages> {
  const readers = [...out.filter((request) => request.for === "reader"), ...queue];
  const none = { ...noPages, wait };
  return step(none, ...readers.map(({ key }): Effect => ({ do: "rejectPage", key, refusal })));
}

/** When a page must be looked at next, in ms since 1970. */
export function pagesDue(pages: Pages, namesAnswers: boolean): number | undefined {
  const { answerBy, holePausedUntil } = pages;
  // A hole that cannot be requested waits for an answer, not for a time.
  if (isFull(pages, namesAnswers)) return answerBy;
  const times = [answerBy, holePausedUntil].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
