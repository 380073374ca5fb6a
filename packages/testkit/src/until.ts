import { vi } from "vitest";
import { PATIENCE_MS } from "./waiting.ts";

/** Between two looks, in ms: fewer a second than any limit of requests lets through. */
const LOOK_EVERY_MS = 50;

export interface Patience {
  /** How long to wait, in ms, where that is another matter than a hang. */
  readonly withinMs?: number;
  /** Between two looks, in ms. */
  readonly everyMs?: number;
}

/**
 * Waits until a look succeeds: it asserts, and gives something if it likes. What it looks at has to
 * stay as it is once it is so.
 * @returns what the first look gave that did not throw
 * @throws what the last look threw, with the time that was waited in front of its message
 */
export async function until<Value>(
  look: () => Value | Promise<Value>,
  { withinMs = PATIENCE_MS, everyMs = LOOK_EVERY_MS }: Patience = {},
): Promise<Value> {
  try {
    return await vi.waitFor(look, { timeout: withinMs, interval: everyMs });
  } catch (error) {
    if (error instanceof Error) error.message = `Not within ${withinMs} ms: ${error.message}`;
    throw error;
  }
}
