import { until } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { fakeClock, settled } from "../testing/fake-clock.ts";
import { SHARED_WAIT_MS, webLock } from "./web-lock.ts";

let rooms = 0;

/** Tabs that wait for the send lock of one room, over the platform's Web Locks. */
function line() {
  const roomId = `room-${(rooms += 1)}`;
  const visible = new Set<string>();
  const told: string[] = [];
  const clock = fakeClock();
  const claim = (name: string, isShared: boolean | Promise<boolean> = true) =>
    webLock({
      locks: navigator.locks,
      isVisible: () => visible.has(name),
      isShared: async () => isShared,
      clock,
    })(roomId, {
      acquired: () => told.push(`${name} has it`),
      lost: () => told.push(`${name} lost it`),
    });
  // The order of two tabs does not matter here.
  const expectNews = (...news: string[]) =>
    until(() => expect(told.toSorted()).toEqual(news.toSorted()));
  return { claim, clock, expectNews, told, visible };
}

describe("the send lock", () => {
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

  it("goes to the visible tab when it asks; the other waits in the queue", async () => {
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

  it("is not passed to a tab that gave up waiting", async () => {
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

  it("is held by every tab if tabs do not share storage, or locks fail", async () => {
    const { claim, expectNews, told } = line();
    claim("one", false);
    claim("two", false);
    await expectNews("one has it", "two has it");
    const locks = { request: () => Promise.reject(new DOMException("No.", "SecurityError")) };
    const isVisible = () => true;
    const isShared = async () => true;
    const turn = webLock({ locks, isVisible, isShared, clock: fakeClock() });
    turn("room", { acquired: () => told.push("three has it"), lost: () => told.push("never") });
    await expectNews("one has it", "two has it", "three has it");
  });

  it("is held by a tab that learns too late whether tabs share storage", async () => {
    const { claim, clock, expectNews, told } = line();
    const answer = Promise.withResolvers<boolean>();
    const one = claim("one", answer.promise);
    clock.advance(SHARED_WAIT_MS - 1);
    await settled();
    expect(told).toEqual([]);
    clock.advance(1);
    await expectNews("one has it");
    answer.resolve(true);
    await settled();
    one.release();
    expect(told).toEqual(["one has it"]);
  });
});

/** Asks until the claim is in the queue; asking twice does no harm. */
async function waiting(claim: { request(): void }): Promise<void> {
  const line = async () => (await navigator.locks.query()).pending ?? [];
  await until(async () => expect(await line()).not.toEqual([]));
  claim.request();
  claim.request();
}
