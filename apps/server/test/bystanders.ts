import { PlainClient } from "@parley/testkit/plain-client";
import { pause } from "@parley/testkit/waiting";
import type { TestServer } from "./server.ts";

/** Between two of their messages, in ms. */
const PAUSE_MS = 2;

/**
 * Two members who write to each other in turn, each waiting until both have read the last message.
 * @returns ends it; rejects if they missed anything, got it twice or waited long for it
 */
export async function bystanders({ socketUrl }: TestServer): Promise<() => Promise<void>> {
  const people = await Promise.all([
    PlainClient.connect(socketUrl),
    PlainClient.connect(socketUrl),
  ]);
  for (const person of people) await person.join("bystanders");
  let talking = true;
  let said = 0;
  const talk = async () => {
    while (talking) {
      people[said % 2]?.say(`${said}`);
      said += 1;
      await Promise.all(people.map((person) => person.next("chat")));
      await pause(PAUSE_MS);
    }
  };
  const talked = talk();
  // Only the caller that stops them is told of a failure.
  talked.catch(() => {});
  return async () => {
    talking = false;
    await talked;
    await Promise.all(people.map((person) => person.leave()));
    const all = Array.from({ length: said }, (_, i) => `chat ${i}`).join();
    for (const person of people) {
      const seen = person.gistOf("chat", "error").join();
      if (seen !== all) throw new Error(`Of ${said} messages one of them saw: ${seen}`);
    }
  };
}
