import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ann, bob, chatDraft } from "../test/drafts.ts";
import { FakeConnection } from "../test/fake-connection.ts";
import { FakeTime } from "../test/fake-time.ts";
import { FanOut } from "./fan-out.ts";
import { encodeTextFrame } from "./frame.ts";
import { numbered } from "./log/log.ts";

/** A room of a hundred: entries wait for 20 ms after a write, signals for 500 ms. */
const SIZE = 100;
const CAME = encodeTextFrame(
  JSON.stringify({ type: "entered", payload: { member: bob, count: 2 } }),
);

let fanOut: FanOut;
let somebody: FakeConnection;
let seq: number;
/** How many writes somebody was given. */
let writes: number;

beforeEach(() => {
  vi.useFakeTimers();
  seq = 0;
  writes = 0;
  const readAfter = async () => [];
  fanOut = new FanOut({ timers: new FakeTime().timers, readAfter, onDelivered: () => {} });
  for (let n = 1; n < SIZE; n += 1) fanOut.add(new FakeConnection(), ann.id, 0);
  somebody = new FakeConnection();
  const send = somebody.send.bind(somebody);
  somebody.send = (frame) => {
    writes += 1;
    send(frame);
  };
  fanOut.add(somebody, ann.id, 0);
});
afterEach(() => vi.useRealTimers());

const say = (message: string) => fanOut.entry(numbered(chatDraft(message), (seq += 1)));
const come = () => fanOut.signal(CAME, undefined, true);

it("writes at the end of the turn where a room was quiet", () => {
  say("one");
  say("two");
  expect(writes).toBe(0);
  vi.advanceTimersByTime(0);
  expect(somebody.readGist()).toEqual(["chat one", "chat two"]);
  expect(writes).toBe(1);
});

it("gathers what comes within the window of a write, a frame each", () => {
  say("one");
  vi.advanceTimersByTime(1);
  for (const message of ["two", "three", "four"]) say(message);
  vi.advanceTimersByTime(15);
  expect(somebody.readGist()).toEqual(["chat one"]);
  vi.advanceTimersByTime(10);
  expect(somebody.readGist()).toEqual(["chat two", "chat three", "chat four"]);
  expect(writes).toBe(2);
});

it("gathers who comes for longer than what is said", () => {
  come();
  vi.advanceTimersByTime(1);
  come();
  come();
  vi.advanceTimersByTime(450);
  expect(somebody.readGist()).toEqual(["entered Bob 2"]);
  vi.advanceTimersByTime(60);
  expect(somebody.readGist()).toEqual(["entered Bob 2", "entered Bob 2"]);
  expect(writes).toBe(2);
});

it("lets nothing that is said wait for who comes", () => {
  come();
  vi.advanceTimersByTime(1);
  come();
  vi.advanceTimersByTime(20);
  say("one");
  vi.advanceTimersByTime(1);
  expect(somebody.readGist()).toEqual(["entered Bob 2", "entered Bob 2", "chat one"]);
});
