import { until } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { webLock } from "./web-lock.ts";

let rooms = 0;

/** Tabs in line for the turn of one room, by the locks of the platform. */
function line() {
  const roomId = `room-${(rooms += 1)}`;
  const visible = new Set<string>();
  const told: string[] = [];
  const claim = (name: string, isShared = true) =>
    webLock({
      locks: navigator.locks,
      isVisible: () => visible.has(name),
      isShared: async () => isShared,
    })(roomId, {
      acquired: () => told.push(`${name} has it`),
      lost: () => told.push(`${name} lost it`),
    });
  // Which of two tabs expectNews first is nobody's business.
  const expectNews = (...news: string[]) =>
    until(() => expect(told.toSorted()).toEqual(news.toSorted()));
  return { claim, expectNews, told, visible };
}

describe("the turn to send", () => {
  it("passes on when a tab goes away", async () => {
    const { claim, expectNews } = line();
    const one = claim("one");
    await expectNews("one has it");
    const two = claim("two");
    const three = claim("three");
    one.release();
    await expectNews("one has it", "two has it");
    two.release();
    await expectNews("one has it", "two has it", "three has it");
    three.release();
  });

  it("goes to the tab that is looked at, when it asks; the other waits in line", async () => {
    const { claim, expectNews, visible } = line();
    visible.add("two");
    const one = claim("one");
    await expectNews("one has it");
    const two = claim("two");
    await waiting(two);
    await expectNews("one has it", "one lost it", "two has it");
    two.release();
    await expectNews("one has it", "one lost it", "two has it", "one has it");
    one.release();
  });

  it("stays where it is when a hidden tab asks", async () => {
    const { claim, expectNews, told } = line();
    const one = claim("one");
    await expectNews("one has it");
    const two = claim("two");
    await waiting(two);
    one.release();
    await expectNews("one has it", "two has it");
    two.release();
    const three = claim("three");
    await expectNews("one has it", "two has it", "three has it");
    three.release();
    expect(told).not.toContain("one lost it");
  });

  it("is not passed to one that gave up waiting", async () => {
    const { claim, expectNews } = line();
    const one = claim("one");
    await expectNews("one has it");
    const two = claim("two");
    const three = claim("three");
    two.release();
    one.release();
    await expectNews("one has it", "three has it");
    three.release();
  });

  it("is everybody's where tabs do not share what they keep, or locks fail", async () => {
    const { claim, expectNews, told } = line();
    claim("one", false);
    claim("two", false);
    await expectNews("one has it", "two has it");
    const locks = { request: () => Promise.reject(new DOMException("No.", "SecurityError")) };
    const isVisible = () => true;
    const turn = webLock({ locks, isVisible, isShared: async () => true });
    turn("room", { acquired: () => told.push("three has it"), lost: () => told.push("never") });
    await expectNews("one has it", "two has it", "three has it");
  });
});

/** Asks as soon as the claim stands in line, and not only once: asking twice takes nothing twice. */
async function waiting(claim: { request(): void }): Promise<void> {
  const line = async () => (await navigator.locks.query()).pending ?? [];
  await until(async () => expect(await line()).not.toEqual([]));
  claim.request();
  claim.request();
}
