import { TcpProxy } from "@parley/testkit/tcp-proxy";
import { test as base, expect } from "./fixture.ts";
import { meetPerson, type Person } from "./people.ts";

export { expect } from "./fixture.ts";

/** Ada is on a line of her own, which can be cut without the others noticing. */
interface AdasLine {
  readonly line: TcpProxy;
  readonly ada: Person;
}

/** A test in which Ada can be cut off. */
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
