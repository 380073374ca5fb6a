import { refusal } from "@parley/protocol";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";

type Deps = Pick<ApiDeps, "addresses" | "now" | "rooms">;

/**
 * Refuses a network address that asked for too many empty rooms lately: that is what guessing codes
 * looks like. A room in which somebody is here is no guess.
 * @throws ApiError `rate_limited`
 */
export function checkGuesses(deps: Deps, address: string, roomId: string): void {
  const retryAfter = guessWait(deps, address, roomId);
  if (retryAfter > 0) throw ApiError.of({ ...refusal("rate_limited"), retryAfter });
}

/** How long an address has to wait before it may ask for an empty room, in ms. */
export function guessWait(
  { addresses, now, rooms }: Deps,
  address: string,
  roomId: string,
): number {
  return rooms.has(roomId) ? 0 : addresses.newRoomsOf(address).wait(now());
}

/** Counts a request of an address for a room that is empty. */
export function countGuess({ addresses, now, rooms }: Deps, address: string, roomId: string): void {
  if (!rooms.has(roomId)) addresses.newRoomsOf(address).spend(now());
}
