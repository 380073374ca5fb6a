import { createLadder, type OpenRung, type Rung } from "@parley/client/ladder";
import { storedRung } from "../storage/rung.ts";
import type { RoomStore } from "./store.ts";

/** How long it is kept that HTTP was needed, in ms: a day. */
const KEPT_MS = 86_400_000;

/**
 * The ladder of connections, for a browser whose network lets no WebSocket through, or did not
 * lately. Fetched when it is needed.
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

/** A rung as it is kept. */
export function printRung(rung: Rung, now: number): string {
  return `${rung} ${now + KEPT_MS}`;
}

/** Reads it again: undefined where nothing is kept, for WebSockets have just failed; the top after a day. */
export function keptRung(text: string | undefined, now: number): Rung | undefined {
  if (text === undefined) return undefined;
  const [rung, until] = text.split(" ");
  if (!(Number(until) > now)) return "socket";
  return rung === "poll" ? "poll" : "stream";
}
