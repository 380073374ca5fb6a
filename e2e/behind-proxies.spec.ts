import { HttpProxy, type HttpFaults } from "@parley/testkit/http-proxy";
import { expect, test as base } from "./fixture.ts";
import { meetPerson, type Person } from "./people.ts";
import {
  boxOf,
  opensConversation,
  panelOf,
  saysPrivately,
  seesPrivately,
  writesTo,
} from "./private-panel.ts";

interface Behind {
  /** The faults of Ada's network. */
  readonly faults: HttpFaults;
  readonly way: HttpProxy;
  readonly ada: Person;
}

/** A test in which Ada's network blocks WebSockets. */
const test = base.extend<Behind>({
  faults: [{ refusesUpgrades: true }, { option: true }],
  way: async ({ server, faults }, use) => {
    const way = await HttpProxy.start(server.port, faults);
    await use(way);
    await way.close();
  },
  ada: async ({ browser, way }, use) => {
    const ada = await meetPerson(browser, way.url, "Ada");
    await use(ada);
    const { troubles } = ada;
    await ada.goes();
    expect(troubles, "what Ada's pages complained of").toEqual([]);
  },
});

/** Two members write in turns, and see the same. @param between runs after each message */
async function talk(
  ada: Person,
  ben: Person,
  { turns = 3, between = () => {} }: { turns?: number; between?: () => void } = {},
): Promise<void> {
  const texts: string[] = [];
  for (const [n, person] of Array.from({ length: turns }, () => [ada, ben])
    .flat()
    .entries()) {
    const text = `${person.name} says ${n}`;
    await person.say(text);
    texts.push(text);
    between();
  }
  for (const person of [ada, ben]) {
    for (const text of texts) await person.sees(text);
  }
  await ada.hasSentAll();
}

/** Two members write privately, in both directions; the third one is told of it by nothing. */
async function talkPrivately(ada: Person, ben: Person, cem: Person): Promise<void> {
  await writesTo(ada, "Ben");
  await saysPrivately(ada, "Ben", "psst");
  await seesPrivately(ada, "psst");
  await opensConversation(ben, 1);
  await seesPrivately(ben, "psst");
  await boxOf(ben, "Ada").pressSequentially("what");
  await expect(panelOf(ada).getByText("Ben is typing")).toBeVisible();
  await boxOf(ben, "Ada").press("Enter");
  await seesPrivately(ada, "what");
  await saysPrivately(ada, "Ben", "never mind");
  await seesPrivately(ben, "never mind");
  await boxOf(ada, "Ben").press("Escape");
  await saysPrivately(ben, "Ada", "hm");
  await opensConversation(ada, 1);
  await seesPrivately(ada, "hm");
  await cem.say("for all");
  await ada.sees("for all");
  await cem.doesNotSee("psst");
}

async function saysOverHttp({ page }: Person): Promise<void> {
  await expect(page.getByText("Connected over HTTP")).toBeVisible();
}

test("[H3] without WebSockets, two members chat, type, join and leave as usual", async ({
  ada,
  meet,
  room,
  way,
}) => {
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.join(room);
  await ben.seesCount(2);
  await talk(ada, ben);
  await ada.seesPeople("Ada", "Ben");
  await saysOverHttp(ada);
  await ben.composer.pressSequentially("Hm");
  await expect(ada.page.getByText("Ben is typing")).toBeVisible();

  // The next visit remembers it: no WebSocket is tried before the room is shown.
  const before = way.requests.length;
  await ada.reloads();
  await ada.isInRoom();
  const tried = way.requests.slice(before).filter((name) => name.startsWith("UPGRADE /ws"));
  expect(tried).toEqual([]);
  await ada.leaves();
  await ben.seesCount(1);
});

test("[H3] [W4] without WebSockets, two members write privately", async ({ ada, meet, room }) => {
  const [ben, cem] = [await meet("Ben"), await meet("Cem")];
  for (const person of [ben, cem, ada]) await person.join(room);
  await ada.seesCount(3);
  await talkPrivately(ada, ben, cem);
});

test.describe("with held-back streams, too", () => {
  test.use({ faults: { refusesUpgrades: true, holdsResponses: true } });

  test("[H3] two members chat by polls", async ({ ada, meet, room, way }) => {
    const ben = await meet("Ben");
    await ben.join(room);
    await ada.page.clock.install();
    const joining = ada.join(room);
    const asked = (what: string) => () => {
      const withoutShards = way.requests.map((request) => request.replace(/[?&]r=\w+$/, ""));
      return withoutShards.filter((request) => request.endsWith(what)).length;
    };
    await expect.poll(asked("/stream")).toBe(1);
    await ada.page.clock.fastForward(10_000);
    await expect.poll(asked("/stream?wait=0")).toBeGreaterThan(0);
    await joining;
    await talk(ada, ben);
    await ada.seesPeople("Ada", "Ben");
    await saysOverHttp(ada);
    const cem = await meet("Cem");
    await cem.join(room);
    await talkPrivately(ada, ben, cem);
  });
});

test("[H3] if streams break off again and again, nothing is lost", async ({
  ada,
  meet,
  room,
  way,
}) => {
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.join(room);
  await talk(ada, ben, { between: () => way.cutStreams() });
  await ada.seesNoReconnecting();
});

test("[H3] if everything takes two seconds longer, nothing is lost", async ({
  ada,
  meet,
  room,
  way,
}) => {
  const ben = await meet("Ben");
  await ben.join(room);
  await ada.page.goto(`/r/${room}`);
  await expect(ada.yourName).toBeVisible();
  way.faults = { refusesUpgrades: true, delayMs: 2_000 };
  await ada.entersAs("Ada");
  await talk(ada, ben, { turns: 1 });
});
