import type { DownPayload } from "@parley/protocol";
import { nextWait, rested, type Backoff } from "../backoff.ts";
import type { Moment } from "../clock.ts";
import type { ReaderRequest } from "./input.ts";
import { ANSWER_WAIT_MS } from "./sender.ts";

/** A page that is asked for: for a reader, or to fill a hole (SPEC R4). */
export type PageRequest = ReaderRequest | { readonly for: "hole"; readonly after: number };

/** Requests for pages. One at a time is out, for an answer does not say which it answers. */
export interface Pages {
  readonly out: { readonly request: PageRequest; readonly answerBy: number } | undefined;
  readonly queue: readonly ReaderRequest[];
  /** The hole could not be filled: not again before this, in ms since 1970. */
  readonly holePausedUntil: number | undefined;
  readonly holeBackoff: Backoff;
}

export const noPages: Pages = {
  out: undefined,
  queue: [],
  holePausedUntil: undefined,
  holeBackoff: rested,
};

/** The request goes out. */
export function asked(pages: Pages, request: PageRequest, now: number): Pages {
  const queue = pages.queue.filter((queued) => queued !== request);
  const out = { request, answerBy: now + ANSWER_WAIT_MS };
  const holePausedUntil = request.for === "hole" ? undefined : pages.holePausedUntil;
  return { ...pages, out, queue, holePausedUntil };
}

/** The hole is not filled yet, for now: ask again after a wait. */
export function putOffHole(pages: Pages, wait: number, { now, random }: Moment): Pages {
  const next = nextWait(pages.holeBackoff, random, wait);
  const holePausedUntil = now + next.wait;
  return { ...pages, out: undefined, holePausedUntil, holeBackoff: next.backoff };
}

/** There is no hole: nothing has to be asked for, and the next one is asked for at once. */
export function withoutHole(pages: Pages): Pages {
  if (pages.holePausedUntil === undefined) return pages;
  return { ...pages, holePausedUntil: undefined, holeBackoff: rested };
}

/** Whether a page can be the answer to a request: a late one to an earlier request is not. */
export function answers(request: PageRequest, page: DownPayload<"history">): boolean {
  const first = page.entries[0]?.payload.seq;
  const last = page.entries.at(-1)?.payload.seq;
  if (first === undefined || last === undefined) return true;
  if (request.for === "reader") return last < request.before;
  return first === request.after + 1 || (page.truncatedBefore ?? 0) > request.after + 1;
}

/** Everything that readers wait for. */
export function readersOf({ out, queue }: Pages): readonly ReaderRequest[] {
  return out?.request.for === "reader" ? [out.request, ...queue] : queue;
}

/** When a page has to be looked at next, in ms since 1970. */
export function pagesDue({ out, holePausedUntil }: Pages): number | undefined {
  return out ? out.answerBy : holePausedUntil;
}
