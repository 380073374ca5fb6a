import { TcpProxy } from "@parley/testkit/tcp-proxy";
import { test as base, expect } from "./fixture.ts";
import { meetPerson, type Person } from "./people.ts";

export { expect } from "./fixture.ts";

/** Ada's own connection, which can be cut without affecting the others. */
interface AdasLine {
  readonly line: TcpProxy;
  readonly ada: Person;
}

/** A test in which Ada can be disconnected. */
export const test = base.extend<AdasLine>({
  line: async ({ server }, use) => {
    const line = await TcpProxy.start(server.port, "talk");
    await use(line);
    await line.close();
  },
  ada: async ({ browser, line }, use) => {
    const ada = await meetPerson(browser, line.url, "Ada");
    await use(ada);
    const { troubles } = ada;
    await ada.goes();
    expect(troubles, "what Ada's pages complained of").toEqual([]);
  },
});
