import { TYPING_EVERY_MS } from "@parley/protocol";

/** What the others were told of our typing, and what is true: at most one frame every 2 s. */
export interface OwnTyping {
  readonly told: boolean;
  /** When the last frame went, in ms since 1970. */
  readonly toldAt: number;
  readonly wanted: boolean;
}

/** Nobody was told anything. */
export const notTyping: OwnTyping = { told: false, toldAt: -Infinity, wanted: false };

/** Nobody thinks any more that we type: our message clears it at the others', too. */
export function saidSomething(own: OwnTyping): OwnTyping {
  return { ...own, told: false, wanted: false };
}

/**
 * We type, or stop. A frame goes now, or is put off until the last one is old enough, or is not
 * needed at all.
 * @returns `frame`: what to tell the others now, if anything
 */
export function setTyping(
  own: OwnTyping,
  wanted: boolean,
  now: number,
): { readonly own: OwnTyping; readonly frame: boolean | undefined } {
  const isNews = wanted || own.told;
  if (!isNews || now < own.toldAt + TYPING_EVERY_MS) {
    return { own: { ...own, wanted }, frame: undefined };
  }
  return { own: { told: wanted, toldAt: now, wanted }, frame: wanted };
}

/** When something that was put off can be told, in ms since 1970. */
export function ownTypingDue({ told, toldAt, wanted }: OwnTyping): number | undefined {
  return told === wanted ? undefined : toldAt + TYPING_EVERY_MS;
}
