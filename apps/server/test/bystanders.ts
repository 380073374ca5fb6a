import { setTimeout as pause } from "node:timers/promises";
import { TestClient } from "./client.ts";
import type { TestServer } from "./server.ts";

/** Between two things that they say, in ms. */
const PAUSE_MS = 2;

/** What two people met who talked while something else went on. */
export interface Conversation {
  readonly said: number;
  /** What each of the two saw. */
  readonly seen: readonly (readonly string[])[];
  /** The longest that one of them waited for an echo, in ms. */
  readonly longestMs: number;
}

/**
 * Two people who talk to each other in turn, each waiting until both have heard the last.
 * @returns ends it: gives what both saw, in order
 */
export async function bystanders({ socketUrl }: TestServer): Promise<() => Promise<Conversation>> {
  const people = await Promise.all([TestClient.connect(socketUrl), TestClient.connect(socketUrl)]);
  for (const person of people) await person.join("bystanders");
  let talking = true;
  let said = 0;
  let longestMs = 0;
  const talk = async () => {
    while (talking) {
      const from = performance.now();
      people[said % 2]?.say(`${said}`);
      said += 1;
      await Promise.all(people.map((person) => person.next("chat")));
      longestMs = Math.max(longestMs, performance.now() - from);
      await pause(PAUSE_MS);
    }
  };
  const talked = talk();
  // Whoever stops them hears of a failure; nobody else does.
  talked.catch(() => {});
  return async () => {
    talking = false;
    await talked;
    await Promise.all(people.map((person) => person.leave()));
    const seen = people.map((person) =>
      person.seen.flatMap((frame) => (frame.type === "chat" ? [frame.payload.message] : [])),
    );
    return { said, seen, longestMs };
  };
}
