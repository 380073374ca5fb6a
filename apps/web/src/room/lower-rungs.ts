import { createLadder, type OpenRung, type Rung } from "@parley/client/ladder";
import { storedRung } from "../storage/connections.ts";
import type { RoomStore } from "./store.ts";

/** How long it is stored that HTTP was needed, in ms: a day. */
const KEPT_MS = 86_400_000;

/**
 * Opens connections by the ladder, for a browser whose network blocks WebSockets, or did lately.
 * Fetched when it is needed.
 */
export function openLadder(store: RoomStore): OpenRung {
  return createLadder({
    start: keptRung(storedRung.read(), Date.now()),
    reached(rung) {
      storedRung.write(rung === "socket" ? undefined : printRung(rung, Date.now()));
      store.setState({ isOverHttp: rung !== "socket" });
    },
  });
}

/** A rung as it is stored. */
export function printRung(rung: Rung, now: number): string {
  return `${rung} ${now + KEPT_MS}`;
}

/**
 * Reads it again: undefined if nothing is stored, because WebSockets have just failed; the top rung
 * after a day.
 */
export function keptRung(text: string | undefined, now: number): Rung | undefined {
  if (text === undefined) return undefined;
  const [rung, until] = text.split(" ");
  if (!(Number(until) > now)) return "socket";
  return rung === "poll" ? "poll" : "stream";
}
