import type { Joined } from "../load/large-orders.ts";
import type { Site } from "./site.ts";

/** How many joins all load generators have in flight together. */
const JOINS_AT_ONCE = 200;

/** Joins all members of a site into rooms, in turn. */
export function populate(site: Site, rooms: number, withinMs: number): Promise<Joined> {
  const { ports, subject } = site;
  const { dialect } = subject;
  const atOnce = atOnceOn(site);
  return site.join((part) => ({ do: "populate", dialect, ports, part, rooms, atOnce, withinMs }));
}

/** Lets some members of each load generator leave for one room. */
export function move(
  site: Site,
  room: number,
  counts: readonly number[],
  withinMs: number,
): Promise<Joined> {
  const atOnce = atOnceOn(site);
  return site.join((_, place) => ({
    do: "move",
    room,
    count: counts[place] ?? 0,
    atOnce,
    withinMs,
  }));
}

function atOnceOn(site: Site): number {
  return Math.ceil(JOINS_AT_ONCE / site.plan.parts.length);
}
