import type { DownPayload } from "@parley/protocol";
import { nextWait, rested, type Backoff } from "../backoff.ts";
import type { Moment } from "../clock.ts";
import type { ReaderRequest } from "./input.ts";
import { refOfPage } from "./refs.ts";
import { ANSWER_WAIT_MS } from "./sender.ts";

/** A page that is asked for: for a reader, or to fill a hole (SPEC R4). */
export type PageRequest = ReaderRequest | { readonly for: "hole"; readonly after: number };

/** So many pages may be out at once, where answers name what they answer. */
export const PAGES_OUT_MAX = 4;

/** Requests for pages. */
export interface Pages {
  /** In the order in which they were asked for. */
  readonly out: readonly PageRequest[];
  /** Some page has to come by then, in ms since 1970; undefined where none is out. */
  readonly answerBy: number | undefined;
  readonly queue: readonly ReaderRequest[];
  /** The hole could not be filled: not again before this, in ms since 1970. */
  readonly holePausedUntil: number | undefined;
  readonly holeBackoff: Backoff;
}

export const noPages: Pages = {
  out: [],
  answerBy: undefined,
  queue: [],
  holePausedUntil: undefined,
  holeBackoff: rested,
};

/** Whether as many pages are out as may be: one, where answers do not name what they answer. */
export function isFull({ out }: Pages, namesAnswers: boolean): boolean {
  return out.length >= (namesAnswers ? PAGES_OUT_MAX : 1);
}

/** The request goes out. */
export function asked(pages: Pages, request: PageRequest, now: number): Pages {
  const queue = pages.queue.filter((queued) => queued !== request);
  const out = [...pages.out, request];
  const answerBy = pages.answerBy ?? now + ANSWER_WAIT_MS;
  const holePausedUntil = request.for === "hole" ? undefined : pages.holePausedUntil;
  return { ...pages, out, answerBy, queue, holePausedUntil };
}

/** One that is out is answered. The server reads one after the other: the next has its own time. */
export function answered(pages: Pages, request: PageRequest, now: number): Pages {
  const out = pages.out.filter((other) => other !== request);
  return { ...pages, out, answerBy: out.length === 0 ? undefined : now + ANSWER_WAIT_MS };
}

/** The hole is not filled yet, for now: ask again after a wait. */
export function putOffHole(pages: Pages, wait: number, { now, random }: Moment): Pages {
  const next = nextWait(pages.holeBackoff, random, wait);
  const holePausedUntil = now + next.wait;
  return { ...pages, holePausedUntil, holeBackoff: next.backoff };
}

/** There is no hole: nothing has to be asked for, and the next one is asked for at once. */
export function withoutHole(pages: Pages): Pages {
  if (pages.holePausedUntil === undefined) return pages;
  return { ...pages, holePausedUntil: undefined, holeBackoff: rested };
}

/**
 * Which request a page answers: the one that it names. A server before 1.2 names none: there, one is
 * out at a time, and a late answer to an earlier one is told by what it holds.
 */
export function askedFor(
  { out }: Pages,
  page: DownPayload<"history">,
  namesAnswers: boolean,
): PageRequest | undefined {
  return out.find((request) =>
    namesAnswers ? refOfPage(request) === page.ref : couldAnswer(request, page),
  );
}

function couldAnswer(request: PageRequest, page: DownPayload<"history">): boolean {
  const first = page.entries[0]?.payload.seq;
  const last = page.entries.at(-1)?.payload.seq;
  if (first === undefined || last === undefined) return true;
  if (request.for === "reader") return last < request.before;
  return first === request.after + 1 || (page.truncatedBefore ?? 0) > request.after + 1;
}

/** Everything that readers wait for. */
export function readersOf({ out, queue }: Pages): readonly ReaderRequest[] {
  return [...out.filter((request) => request.for === "reader"), ...queue];
}

/** When a page has to be looked at next, in ms since 1970. */
export function pagesDue(pages: Pages, namesAnswers: boolean): number | undefined {
  const { answerBy, holePausedUntil } = pages;
  // A hole that nobody can ask for waits for an answer, not for a time.
  if (isFull(pages, namesAnswers)) return answerBy;
  const times = [answerBy, holePausedUntil].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
