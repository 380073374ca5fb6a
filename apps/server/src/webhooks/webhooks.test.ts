import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { MemoryShelf } from "../backends/memory/shelf.ts";
import type { RoomLog } from "../log/log.ts";
import type { Answer } from "../outbound/door.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { chatDraft } from "../../test/drafts.ts";
import { HeldTimers } from "../../test/held-timers.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { fill, upTo } from "../../test/log-contract/entries.ts";
import { FakeTarget } from "../../test/webhook-target.ts";
import { mintSecret, takeWebhook } from "./webhook.ts";
import { Webhooks } from "./webhooks.ts";

const DAY_MS = 86_400_000;
const SECRET = mintSecret();
const HOOK = { id: "hook", roomId: "lobby", name: "mirror", url: "https://a.example/x" };
const status = (code: number): Answer => ({ is: "answered", status: code });

let log: RoomLog;
let shelf: Shelf;
let target: FakeTarget;
let timers: HeldTimers;
let now: number;
let failures: unknown[];
const open: Webhooks[] = [];

beforeEach(() => {
  log = new MemoryLog();
  shelf = new MemoryShelf();
  target = new FakeTarget(SECRET);
  timers = new HeldTimers();
  now = Date.now();
  failures = [];
});
afterEach(async () => {
  for (const webhooks of open.splice(0)) await webhooks.close();
  if (failures.length > 0) throw new AggregateError(failures);
});

function start(): Webhooks {
  const webhooks = new Webhooks({
    log,
    shelf,
    door: target as never,
    timers,
    now: () => now,
    serverId: undefined,
    onFailure: (error) => failures.push(error),
  });
  open.push(webhooks);
  webhooks.start();
  return webhooks;
}

/** Makes a webhook that is told of what comes from now on. */
async function add(webhooks: Webhooks): Promise<void> {
  const { epoch, head, entries } = await log.read("lobby", { limit: 1 });
  const id = entries.at(-1)?.payload.id;
  const cursor = { epoch, seq: head, ...(id === undefined ? {} : { id }) };
  await webhooks.add({ ...HOOK, secret: SECRET, cursor });
}

const say = (message: string) => log.append("lobby", chatDraft(message));
const told = (...seqs: number[]) => until(() => expect(target.seqs).toEqual(seqs));
const kept = async () => JSON.parse((await shelf.get("webhook:hook")) ?? "null") as unknown;

describe("[H5] a webhook is told every entry", () => {
  it("that comes after it was made, in order, signed", async () => {
    await say("before");
    await add(start());
    await say("one");
    await told(2);
    await say("two");
    await say("three");
    await until(() => expect(target.seqs).toEqual([2, 3, 4]));
    expect(target.told[0]?.body).toMatchObject({
      type: "room.entries",
      data: {
        webhook: { id: "hook", name: "mirror" },
        epoch: (await log.read("lobby", { limit: 1 })).epoch,
        entries: [{ type: "chat", payload: { message: "one", from: { name: "Ann" } } }],
      },
    });
    await until(async () => expect(await kept()).toMatchObject({ cursor: { seq: 4 } }));
  });

  it("in requests of at most 100 and 256 KiB, one at a time", async () => {
    await add(start());
    await fill(log, 120);
    const long = "é".repeat(4_000);
    await Promise.all(upTo(80).map((n) => log.append("lobby", chatDraft(long, { id: `l${n}` }))));
    await told(...upTo(200));
    expect(target.mostAtOnce).toBe(1);
    for (const { body } of target.told) expect(body.data.entries?.length).toBeLessThanOrEqual(100);
    for (const size of target.sizes) expect(size).toBeLessThanOrEqual(256 * 1024);
  });

  it("with the next request while the target is slow", async () => {
    const answers: ((answer: Answer) => void)[] = [];
    target.answer = () => {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      answers.push(resolve);
      return promise;
    };
    await add(start());
    await say("one");
    await told(1);
    await say("two");
    await say("three");
    answers.shift()?.(status(204));
    await told(1, 2, 3);
    expect(target.mostAtOnce).toBe(1);
    expect(target.told).toHaveLength(2);
    answers.shift()?.(status(200));
  });

  it.each<[string, Answer]>([
    ["500", status(500)],
    ["a redirect", status(302)],
    ["nothing", { is: "late" }],
    ["no connection", { is: "unreachable" }],
  ])("once more after %s, with the same id, until it takes them", async (_what, failure) => {
    let answers = [failure, failure, status(200)];
    target.answer = () => answers.shift() ?? status(200);
    await add(start());
    await say("one");
    await told(1);
    await until(() => expect(timers.waits).toContain(1_000));
    expect(await kept()).toMatchObject({ failures: 1, failingSince: now, cursor: { seq: 0 } });
    timers.end();
    await told(1, 1);
    await until(() => expect(timers.waits).toContain(2_000));
    timers.end();
    await told(1, 1, 1);
    expect(new Set(target.told.map(({ id }) => id)).size).toBe(1);
    await say("two");
    await told(1, 1, 1, 2);
    await until(async () =>
      expect(await kept()).toMatchObject({ failures: 0, cursor: { seq: 2 } }),
    );
    expect(await kept()).not.toHaveProperty("failingSince");
    answers = [];
  });

  it("again by the next server, if one died before it kept the cursor", async () => {
    const { promise: never } = Promise.withResolvers<boolean>();
    const dying = new MemoryShelf();
    shelf = dying;
    await add(start());
    await say("one");
    await told(1);
    await until(async () => expect(await kept()).toMatchObject({ cursor: { seq: 1 } }));
    // From here on the first server puts nothing any more.
    const put = dying.put.bind(dying);
    dying.put = () => never;
    await say("two");
    await told(1, 2);
    open.pop();
    dying.put = put;
    start();
    await told(1, 2, 2);
    expect(target.told[1]?.id).toBe(target.told[2]?.id);
    await say("three");
    await until(() => expect(target.seqs.slice(0, 4)).toEqual([1, 2, 2, 3]));
  });

  it("that came while no server was there", async () => {
    const webhooks = start();
    await add(webhooks);
    await say("one");
    await told(1);
    await webhooks.close();
    await say("two");
    start();
    await until(() => expect(target.seqs.at(-1)).toBe(2));
    expect([...new Set(target.seqs)]).toEqual([1, 2]);
  });
});

describe("[H5] a webhook is told what it missed", () => {
  it("if entries were trimmed before it took them", async () => {
    log = new MemoryLog(3);
    const webhooks = start();
    await add(webhooks);
    await webhooks.close();
    await fill(log, 10);
    start();
    await told(8, 9, 10);
    const [reset] = target.told;
    expect(reset?.body).toMatchObject({
      type: "room.reset",
      data: { why: "trimmed", missed: { from: 1, to: 7 } },
    });
  });

  it("if the log is another one, and goes on with that", async () => {
    const losing = new LosingLog();
    log = losing;
    await add(start());
    await say("one");
    await told(1);
    const { epoch } = await log.read("lobby", { limit: 1 });
    losing.lose();
    await until(() => expect(target.told).toHaveLength(2));
    expect(target.told[1]?.body).toMatchObject({
      type: "room.reset",
      data: { why: "another_log", missed: { from: 1, to: 0 } },
    });
    expect(target.told[1]?.body.data.epoch).not.toBe(epoch);
    await say("new");
    await told(1, 1);
    expect(target.told.at(-1)?.body.data.epoch).toBe(target.told[1]?.body.data.epoch);
  });
});

it("goes on with its rounds after a bug", async () => {
  await shelf.put("webhook:bad", "no JSON", { until: Infinity });
  start();
  await until(() => expect(failures.splice(0)).toHaveLength(1));
  expect(timers.waits).toEqual([10_000]);
});

describe("a target that fails", () => {
  /** Fails so often; gives the waits between. */
  async function failTimes(times: number): Promise<readonly number[]> {
    target.answer = () => status(500);
    await add(start());
    await say("one");
    for (let failed = 1; failed <= times; failed += 1) {
      await until(() => expect(backoffs()).toHaveLength(failed));
      if (failed < times) timers.end();
    }
    return backoffs();
  }
  const backoffs = () => timers.waits.filter((ms) => ms !== 10_000);
  const messages = async () => {
    const { entries } = await log.read("lobby", { limit: 10 });
    return entries.map(({ payload }) => ("message" in payload ? payload.message : ""));
  };

  it("is asked again after waits that double up to 10 minutes", async () => {
    const waits = await failTimes(12);
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(waits.slice(-2)).toEqual([600_000, 600_000]);
  });

  it("is asked by the next server after the same wait", async () => {
    await failTimes(3);
    await open.pop()?.close();
    start();
    await until(() => expect(backoffs()).toEqual([1_000, 2_000, 4_000, 4_000]));
    expect(target.seqs).toEqual([1, 1, 1]);
    timers.end();
    await until(() => expect(target.seqs).toEqual([1, 1, 1, 1]));
    await until(() => expect(backoffs().at(-1)).toBe(8_000));
  });

  it("is given up after 3 days, and the room is told", async () => {
    await failTimes(2);
    // A signature of that time would not be taken today.
    target.post = async () => status(500);
    now += 3 * DAY_MS;
    timers.end();
    await until(async () => expect(await kept()).toMatchObject({ off: true, failures: 3 }));
    const said = "This webhook is off: a.example has not taken what is said here for 3 days.";
    expect(await messages()).toEqual(["one", said]);
    const { entries } = await log.read("lobby", { limit: 1 });
    expect(entries[0]?.payload.from).toMatchObject({ name: "mirror", hook: true });
  });

  it("is given up at once if it says that it is gone", async () => {
    target.answer = () => status(410);
    await add(start());
    await say("one");
    await until(async () => expect(await kept()).toMatchObject({ off: true }));
    expect(await messages()).toEqual([
      "one",
      "This webhook is off: a.example says that it is gone.",
    ]);
  });

  it("goes on where it stopped once it takes a test", async () => {
    target.answer = () => status(410);
    const webhooks = start();
    await add(webhooks);
    await say("one");
    await until(async () => expect(await kept()).toMatchObject({ off: true }));
    expect(await webhooks.test("hook")).toEqual(status(410));
    expect(await kept()).toMatchObject({ off: true });
    target.answer = () => status(200);
    expect(await webhooks.test("hook")).toEqual(status(200));
    await told(1, 1, 2);
    expect(await kept()).not.toHaveProperty("off");
  });

  it("is not asked again once its webhook is revoked", async () => {
    await failTimes(1);
    const [webhooks] = open;
    await takeWebhook(shelf, "hook");
    webhooks?.stop("hook");
    timers.end();
    await webhooks?.close();
    expect(target.seqs).toEqual([1]);
    expect(await kept()).toBeNull();
  });
});

describe("rooms without webhooks", () => {
  it("cost a look at the shelf now and then, and nothing else", async () => {
    let lists = 0;
    const looked = new MemoryShelf();
    const list = looked.list.bind(looked);
    looked.list = (prefix) => {
      lists += 1;
      return list(prefix);
    };
    const refuse = () => Promise.reject(new Error("nothing to do there"));
    shelf = { list: looked.list, get: refuse, put: refuse, take: refuse };
    log = { append: refuse, read: refuse, find: refuse, follow: refuse };
    start();
    await until(() => expect(timers.waits).toEqual([10_000]));
    expect(lists).toBe(1);
  });
});
