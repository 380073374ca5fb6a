import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { chats } from "./testing/entries.ts";
import { FakeBrowser, type Tab } from "./testing/fake-browser.ts";
import { settled } from "./testing/fake-clock.ts";
import { visit, type Visit } from "./testing/visit.ts";
import { echo, left, pending, refuse } from "./testing/writing.ts";

/** Two tabs of one browser in one room; the first one holds the send lock. */
async function twoTabs() {
  const browser = new FakeBrowser();
  const [first, second] = [browser.openTab(), browser.openTab()];
  const one = await openRoom(first);
  const two = await openRoom(second);
  return { browser, first, second, one, two };
}

async function openRoom(tab: Tab): Promise<Visit> {
  const room = visit({ outbox: tab.outbox, sendLock: tab.sendLock });
  await enter(room);
  return room;
}

async function enter(room: Visit): Promise<void> {
  await room.join({ entries: chats(1, 3) });
  room.socket.read();
}

describe("two tabs of one browser", () => {
  it("[D5] show in each the pending messages of both, in the order of writing", async () => {
    const { one, two } = await twoTabs();
    one.dropAndReturn();
    two.dropAndReturn();
    await one.say("one");
    await two.say("two");
    await one.say("three");
    const waiting = [
      ["one", "queued"],
      ["two", "queued"],
      ["three", "queued"],
    ];
    expect(pending(one)).toEqual(waiting);
    expect(pending(two)).toEqual(waiting);
  });

  it("[D5] send once, in the order of writing, what was written in either", async () => {
    const { first, second, one, two } = await twoTabs();
    one.dropAndReturn();
    two.dropAndReturn();
    const ids = [await one.say("one"), await two.say("two"), await one.say("three")];
    second.isVisible = false;
    expect(first.isVisible).toBe(true);
    await enter(two);
    await one.join({ head: 3, recovered: true });
    const sent: string[] = [];
    for (const [place, id] of ids.entries()) {
      sent.push(...left(one), ...left(two));
      one.socket.say(echo(4 + place, id));
      two.socket.say(echo(4 + place, id));
      await settled();
    }
    expect(sent).toEqual(["one", "two", "three"]);
    expect(pending(one)).toEqual([]);
    expect(pending(two)).toEqual([]);
  });

  it("send from the visible tab, though the other is suspended", async () => {
    const { browser, first, one, two } = await twoTabs();
    first.isVisible = false;
    first.suspend();
    const id = await two.say("one");
    expect(left(two)).toEqual(["one"]);
    two.socket.say(echo(4, id));
    await settled();
    expect(await browser.outbox.load("lobby")).toEqual([]);
    first.goOn();
    await settled();
    expect(left(one)).toEqual([]);
    expect(pending(one)).toEqual([]);
  });

  it("send what a hidden tab wrote from the tab that holds the lock", async () => {
    const { second, one, two } = await twoTabs();
    second.isVisible = false;
    await two.say("one");
    expect(left(two)).toEqual([]);
    expect(left(one)).toEqual(["one"]);
    second.isVisible = true;
    two.wake();
    await settled();
    expect(left(two)).toEqual(["one"]);
  });

  it("[D2] send the one in flight again when the lock moves, and nothing before its answer", async () => {
    const { one, two } = await twoTabs();
    const id = await one.say("one");
    expect(left(one)).toEqual(["one"]);
    await two.say("two");
    expect(left(two)).toEqual(["one"]);
    expect(pending(one).at(-2)).toEqual(["one", "queued"]);
    one.socket.say(echo(4, id));
    two.socket.say(echo(4, id));
    await settled();
    expect(left(one)).toEqual([]);
    expect(left(two)).toEqual(["two"]);
  });

  it.each(["close", "leave"] as const)(
    "pass the send lock on when one of them ends by %s",
    async (how) => {
      const { one, two } = await twoTabs();
      await one.say("one");
      one.client[how]();
      await settled();
      expect(left(two)).toEqual(["one"]);
    },
  );

  it("[D5] send what another tab stored without notifying", async () => {
    const { browser, first, two } = await twoTabs();
    const frame = { type: "chat", payload: { message: "one", id: "a" } } as const;
    await browser.outbox.put("lobby", { id: "a", frame, at: 1 });
    first.die();
    await settled();
    expect(left(two)).toEqual(["one"]);
  });

  it("[D5] send what another tab stored first before their own", async () => {
    const { first, second, one, two } = await twoTabs();
    // This tab is not notified of what the other does: only the outbox knows.
    first.suspend();
    second.isVisible = false;
    await two.say("one");
    await one.say("two");
    expect(left(one)).toEqual(["one"]);
    expect(pending(one).map(([text]) => text)).toEqual(["one", "two"]);
  });

  it("agree on what was refused, retried and discarded", async () => {
    const { one, two } = await twoTabs();
    const id = await one.say("one");
    refuse(one, refusal("not_author", id));
    await settled();
    expect(pending(two)).toEqual([["one", "failed"]]);
    two.client.retry(id);
    await settled();
    expect(pending(one).at(-1)).toEqual(["one", "queued"]);
    expect(left(two)).toEqual(["one"]);
    refuse(two, refusal("not_author", id));
    await settled();
    expect(pending(one)).toEqual([["one", "failed"]]);
    two.client.discard(id);
    await settled();
    expect(pending(one)).toEqual([]);
  });

  it("[D3] treat a text that the other tab may have sent as sent", async () => {
    const { second, one, two } = await twoTabs();
    second.isVisible = false;
    const id = await two.say("one");
    two.client.amend(id, "won");
    await settled();
    expect(left(one)).toEqual(["one"]);
    expect(pending(two)).toEqual([["one", "queued"]]);
  });

  it("[D5] drop what was acknowledged to the other tab", async () => {
    const { browser, one, two } = await twoTabs();
    two.dropAndReturn();
    const id = await one.say("one");
    expect(pending(two)).toEqual([["one", "queued"]]);
    one.socket.say(echo(4, id));
    await settled();
    expect(await browser.outbox.load("lobby")).toEqual([]);
    expect(pending(two)).toEqual([]);
  });
});

describe("tabs without a send lock", () => {
  it("[D2] each send all of it, in the same order", async () => {
    const browser = new FakeBrowser();
    const [one, two] = [browser.openTab(), browser.openTab()].map(({ outbox }) =>
      visit({ outbox }),
    );
    if (!one || !two) throw new Error("There are two tabs.");
    const id = await one.say("one");
    await two.say("two");
    await enter(one);
    await enter(two);
    await settled();
    expect(pending(one).map(([text]) => text)).toEqual(["one", "two"]);
    expect(pending(two)).toEqual([
      ["one", "sending"],
      ["two", "queued"],
    ]);
    two.socket.say(echo(4, id));
    expect(left(two)).toEqual(["two"]);
  });
});
