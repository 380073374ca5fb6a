import { test as base } from "@playwright/test";
import { generateRoomId } from "@parley/protocol";
import type { ServerProcess } from "@parley/testkit/server-process";
import { meetPerson, type Habits, type Person } from "./people.ts";
import { startServer } from "./server.ts";

interface Stage {
  /** A server that only this test uses. It may be killed, and runs again for the next test. */
  readonly server: ServerProcess;
  /** The address of the server's pages. */
  readonly address: string;
  /** The code of an unused room. */
  readonly room: string;
  /** Brings a person with their own browser. */
  readonly meet: (name: string, habits?: Habits) => Promise<Person>;
  /** Brings people who join the room, one after the other. */
  readonly meetInRoom: <const Names extends readonly string[]>(
    ...names: Names
  ) => Promise<{ readonly [N in keyof Names]: Person }>;
}

export { expect } from "@playwright/test";

/** A test with a server, an empty room and people. It fails if any page reported an error. */
export const test = base.extend<Stage, { readonly workersServer: ServerProcess }>({
  // Starting a server costs as much as a short test, and a worker runs one test after the other.
  workersServer: [
    // Playwright reads the requested fixtures from this pattern: here none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.dispose();
    },
    { scope: "worker" },
  ],
  server: async ({ workersServer }, use, testInfo) => {
    await workersServer.start();
    await use(workersServer);
    if (testInfo.status !== testInfo.expectedStatus) {
      const body = workersServer.output;
      await testInfo.attach("server output", { body, contentType: "text/plain" });
    }
  },
  address: async ({ server }, use) => {
    await use(server.url);
  },
  // oxlint-disable-next-line no-empty-pattern
  room: async ({}, use) => {
    await use(generateRoomId());
  },
  meet: async ({ browser, address }, use) => {
    const people: Person[] = [];
    await use(async (name, habits) => {
      const person = await meetPerson(browser, address, name, habits);
      people.push(person);
      return person;
    });
    const troubles = people.flatMap(({ name, troubles: own }) =>
      own.map((text) => `${name}: ${text}`),
    );
    await Promise.all(people.map((person) => person.goes()));
    base.expect(troubles, "what pages complained of").toEqual([]);
  },
  meetInRoom: async ({ meet, room }, use) => {
    await use(async <const Names extends readonly string[]>(...names: Names) => {
      const people: Person[] = [];
      for (const name of names) people.push(await meet(name));
      for (const person of people) await person.join(room);
      return people as { [N in keyof Names]: Person };
    });
  },
});
