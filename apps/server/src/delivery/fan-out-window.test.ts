import { beforeEach, expect, it } from "vitest";
import { ann, bob, chatDraft } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { settled } from "@parley/testkit/settled";
import { FanOut } from "./fan-out.ts";
import { numbered } from "../log/log.ts";

/** A room of a hundred: entries wait for 20 ms after a write, signals for 500 ms. */
const SIZE = 100;
const CAME = { type: "entered", payload: { member: bob, count: 2 } } as const;

let time: FakeTime;
let fanOut: FanOut;
let somebody: FakeConnection;
let seq: number;
/** How many writes somebody was given. */
let writes: number;

beforeEach(() => {
  time = new FakeTime();
  seq = 0;
  writes = 0;
  const readAfter = async () => [];
  const { timers, flushClock } = time;
  const [onDelivered, onFailure] = [() => {}, () => {}];
  fanOut = new FanOut({ timers, flushClock, readAfter, onDelivered, onFailure });
  for (let n = 1; n < SIZE; n += 1) fanOut.add(new FakeConnection(), ann.id, 0);
  somebody = new FakeConnection();
  const send = somebody.send.bind(somebody);
  somebody.send = (frame) => {
    writes += 1;
    send(frame);
  };
  fanOut.add(somebody, ann.id, 0);
});

/** So many ms pass, once what can be done now is done. */
async function pass(ms: number): Promise<void> {
  await settled();
  time.pass(ms);
  await settled();
}

const say = (message: string) => fanOut.entry(numbered(chatDraft(message), (seq += 1)));
const come = () => fanOut.signal(CAME, undefined, true);

it("writes at the end of the turn if a room was quiet", async () => {
  say("one");
  say("two");
  expect(writes).toBe(0);
  await settled();
  expect(somebody.readGist()).toEqual(["chat one", "chat two"]);
  expect(writes).toBe(1);
});

it("gathers what comes within the window of a write, a frame each", async () => {
  say("one");
  await pass(1);
  for (const message of ["two", "three", "four"]) say(message);
  await pass(15);
  expect(somebody.readGist()).toEqual(["chat one"]);
  await pass(10);
  expect(somebody.readGist()).toEqual(["chat two", "chat three", "chat four"]);
  expect(writes).toBe(2);
});

it("keeps signals for their window if entries are written at once", async () => {
  come();
  await pass(1);
  come();
  fanOut.flush();
  expect(writes).toBe(1);
  say("one");
  fanOut.flush();
  expect(somebody.readGist()).toEqual(["entered Bob 2", "entered Bob 2", "chat one"]);
  expect(writes).toBe(2);
});

it("gathers who comes for longer than what is said", async () => {
  come();
  await pass(1);
  come();
  come();
  await pass(450);
  expect(somebody.readGist()).toEqual(["entered Bob 2"]);
  await pass(60);
  expect(somebody.readGist()).toEqual(["entered Bob 2", "entered Bob 2"]);
  expect(writes).toBe(2);
});

it("lets nothing that is said wait for who comes", async () => {
  come();
  await pass(1);
  come();
  await pass(20);
  say("one");
  await pass(1);
  expect(somebody.readGist()).toEqual(["entered Bob 2", "entered Bob 2", "chat one"]);
});
