import { vi } from "vitest";
import { PATIENCE_MS } from "./waiting.ts";

/** Between two checks, in ms. Fewer requests a second than any rate limit allows. */
const LOOK_EVERY_MS = 50;

export interface Patience {
  /** How long to wait, in ms, if the default for a hang does not fit. */
  readonly withinMs?: number;
  /** Between two checks, in ms. */
  readonly everyMs?: number;
}

/**
 * Waits until a check succeeds, which asserts and may return something. What it checks must stay
 * true once it is true.
 * @returns the result of the first check that did not throw
 * @throws the error of the last check, with the time that was waited in front of its message
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
