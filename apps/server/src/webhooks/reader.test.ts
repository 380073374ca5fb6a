import { until } from "@parley/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { MemoryShelf } from "../backends/memory/shelf.ts";
import { StorageFull } from "../log/log.ts";
import { chatDraft } from "../../test/drafts.ts";
import { HeldTimers } from "../../test/held-timers.ts";
import { FakeTarget } from "../../test/webhook-target.ts";
import { WebhookReader } from "./reader.ts";
import { findWebhook, mintSecret, putWebhook, type Webhook } from "./webhook.ts";

let log: MemoryLog;
let shelf: MemoryShelf;
let target: FakeTarget;
let timers: HeldTimers;
let announced: number;
beforeEach(() => {
  [log, shelf, timers, announced] = [new MemoryLog(), new MemoryShelf(), new HeldTimers(), 0];
});

/** Reads the room for a webhook that is told of what comes from now on. */
async function start(
  announceOff = async () => (announced += 1),
  onFailure: (error: unknown) => void = (error) => {
    throw error;
  },
): Promise<WebhookReader> {
  const secret = mintSecret();
  target = new FakeTarget(secret);
  const { epoch } = await log.read("lobby", { limit: 1 });
  const webhook: Webhook = {
    id: "hook",
    roomId: "lobby",
    name: "mirror",
    url: "https://a.example/x",
    secret,
    owner: "alone",
    cursor: { epoch, seq: 0 },
    failures: 0,
  };
  const kept = await putWebhook(shelf, webhook, null);
  return new WebhookReader(webhook, kept ?? "", {
    log,
    shelf,
    door: target,
    timers,
    now: Date.now,
    announceOff,
    onEnd: () => {},
    onFailure,
  });
}

const say = (message: string) => log.append("lobby", chatDraft(message));
const waited = (...ms: number[]) => until(() => expect(timers.waits).toEqual(ms));
const refuse = () => Promise.reject(new StorageFull("full"));

it("follows its room no more after a bug", async () => {
  let followers = 0;
  const follow = log.follow.bind(log);
  log.follow = async (...given) => {
    const unfollow = await follow(...given);
    followers += 1;
    return () => {
      followers -= 1;
      unfollow();
    };
  };
  const bugs: unknown[] = [];
  const reader = await start(undefined, (bug) => void bugs.push(bug));
  await until(() => expect(followers).toBe(1));
  shelf.get = () => Promise.reject(new TypeError("a bug"));
  await say("one");
  await reader.ended;
  expect(bugs).toHaveLength(1);
  expect(followers).toBe(0);
});

describe("[H5] a target is not asked once more for what it answered", () => {
  it("while the cursor cannot be stored", async () => {
    const reader = await start();
    const put = shelf.put.bind(shelf);
    shelf.put = refuse;
    await say("one");
    await waited(1_000);
    timers.end();
    await waited(1_000, 1_000);
    shelf.put = put;
    timers.end();
    await say("two");
    const kept = () => findWebhook(shelf, "hook");
    await until(async () => expect(await kept()).toMatchObject({ cursor: { seq: 2 } }));
    expect(target.seqs).toEqual([1, 2]);
    reader.stop();
    await reader.ended;
  });

  it("while the room cannot be told that it is gone", async () => {
    let isFull = true;
    const reader = await start(async () => (isFull ? refuse() : (announced += 1)));
    target.answer = () => ({ is: "answered", status: 410 });
    await say("one");
    await waited(1_000);
    timers.end();
    await waited(1_000, 1_000);
    isFull = false;
    timers.end();
    await reader.ended;
    expect(await findWebhook(shelf, "hook")).toMatchObject({ off: true });
    expect(target.seqs).toEqual([1]);
    expect(announced).toBe(1);
  });

  it("and is given up at once if the reader is stopped meanwhile", async () => {
    const reader = await start();
    shelf.put = refuse;
    await say("one");
    await waited(1_000);
    reader.stop();
    await reader.ended;
    expect(await findWebhook(shelf, "hook")).toMatchObject({ cursor: { seq: 0 } });
  });
});
