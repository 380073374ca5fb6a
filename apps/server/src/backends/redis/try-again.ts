import { setTimeout } from "node:timers/promises";
import { ErrorReply } from "@redis/client";

/** For how long a cluster is asked again, in ms: the keys of a room move one by one, and fast. */
export const TRY_AGAIN_FOR_MS = 2_000;
/** Between two tries, in ms. */
export const TRY_AGAIN_EVERY_MS = 50;

/**
 * Repeats an operation while a cluster answers TRYAGAIN: some of a room's keys are on one
 * server, the others already on the next. Nothing was done then.
 * @throws what it failed with, TRYAGAIN too if that stays so
 */
export async function tryingAgain<Reply>(
  act: () => Promise<Reply>,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Promise<Reply> {
  for (let waitedMs = 0; ; waitedMs += TRY_AGAIN_EVERY_MS) {
    try {
      return await act();
    } catch (error) {
      if (!isTryAgain(error) || waitedMs >= TRY_AGAIN_FOR_MS) throw error;
    }
    await wait(TRY_AGAIN_EVERY_MS);
  }
}

function isTryAgain(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("TRYAGAIN");
}
