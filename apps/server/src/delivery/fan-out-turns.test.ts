import { beforeEach, describe, expect, it } from "vitest";
import { bob } from "../../test/drafts.ts";
import { FanOutRoom } from "../../test/fan-out-room.ts";
import { SIGNALS_A_TURN, WRITES_A_TURN } from "./fan-out.ts";

const TYPING = { type: "typing", payload: { member: bob, on: true } } as const;

/** Two turns of sockets and one more. */
const SIZE = 2 * WRITES_A_TURN + 1;

let now: number;
let due: (() => void)[];
let room: FanOutRoom;
let here: ReturnType<FanOutRoom["come"]>[];

beforeEach(() => {
  [now, due] = [0, []];
  const schedule = (_waitMs: number, act: () => void) => {
    due.push(act);
    return () => {
      due = due.filter((each) => each !== act);
    };
  };
  room = new FanOutRoom({ flushClock: { now: () => now, schedule } });
  here = Array.from({ length: SIZE }, () => room.come());
});

/** Does what is due now, and not yet what that schedules. */
function turn(): void {
  now += 1_000;
  for (const act of due.splice(0)) act();
}

const gist = () => here.map(({ connection }) => connection.readGist().join());
const count = (lines: readonly string[], what: string) =>
  lines.filter((line) => line === what).length;

describe("a room of more sockets than are written to in a turn", () => {
  it("[R3] is written to in several turns, each socket once", () => {
    room.say("one");
    for (const written of [WRITES_A_TURN, WRITES_A_TURN, 1]) {
      turn();
      expect(count(gist(), "chat one")).toBe(written);
    }
    turn();
    expect(count(gist(), "")).toBe(SIZE);
    expect(room.delivered).toBe(SIZE);
  });

  it("[O2] gets all of what came first before anything of what came next", () => {
    room.say("one");
    turn();
    room.say("two");
    for (let turns = 0; turns < 4; turns += 1) turn();
    expect(count(gist(), "chat one,chat two")).toBe(SIZE);
  });

  it("writes what came meanwhile in one batch, as soon as the first one is written", () => {
    room.say("one");
    turn();
    room.say("two");
    turn();
    room.say("three");
    expect(count(gist(), "chat one")).toBe(2 * WRITES_A_TURN);
    for (let turns = 0; turns < 4; turns += 1) turn();
    expect(count(gist(), "chat two,chat three")).toBe(2 * WRITES_A_TURN);
  });

  it("[R3] sends everybody everything when it is flushed in the middle of signals", () => {
    room.fanOut.signal(TYPING, undefined, true);
    turn();
    room.say("one");
    turn();
    room.fanOut.flush();
    expect(new Set(gist())).toEqual(new Set(["typing,chat one"]));
  });

  it("[R3] has an answer stand after the entries before it, for the last socket, too", async () => {
    room.say("one");
    turn();
    const last = here.at(-1);
    if (!last) throw new Error("Nobody is here.");
    await room.fanOut.sent(last.subscriber, 1);
    expect(last.connection.readGist()).toEqual(["chat one"]);
  });

  it("[D1] sends a socket that leaves what was said before, and the others nothing early", () => {
    room.say("one");
    turn();
    room.say("two");
    const last = here.at(-1);
    if (!last) throw new Error("Nobody is here.");
    room.fanOut.flushTo(last.subscriber);
    room.fanOut.flushTo(last.subscriber);
    expect(last.connection.readGist()).toEqual(["chat one", "chat two"]);
    expect(count(gist(), "chat one")).toBe(WRITES_A_TURN);
    for (let turns = 0; turns < 6; turns += 1) turn();
    expect(last.connection.readGist()).toEqual([]);
  });

  it("[P5] sends a socket each signal once, also if some were sent early", () => {
    room.fanOut.signal(TYPING, undefined, true);
    room.say("one");
    const last = here.at(-1);
    if (!last) throw new Error("Nobody is here.");
    room.fanOut.flushTo(last.subscriber);
    for (let turns = 0; turns < 4; turns += 1) turn();
    expect(last.connection.readGist()).toEqual(["typing", "chat one"]);
  });

  it("goes on without those who left, and tells those who come nothing twice", () => {
    room.say("one");
    turn();
    for (const { subscriber } of here.slice(WRITES_A_TURN, -1)) room.fanOut.remove(subscriber);
    const late = room.come();
    turn();
    turn();
    expect(count(gist(), "chat one")).toBe(WRITES_A_TURN + 1);
    expect(late.connection.readGist()).toEqual([]);
  });

  it("[O3] is sent the rest of a log before it is told of another one", () => {
    room.say("one");
    turn();
    room.fanOut.signal(TYPING, undefined, true);
    room.fanOut.pause();
    expect(count(gist(), "chat one")).toBe(SIZE);
  });

  it("lets answers overtake signals that are being written", () => {
    room.fanOut.signal(TYPING, undefined, true);
    turn();
    room.fanOut.flush();
    expect(count(gist(), "")).toBe(SIZE - SIGNALS_A_TURN);
  });

  it("is sent signals in shorter turns, until an entry waits for their end", () => {
    room.fanOut.signal(TYPING, undefined, true);
    turn();
    turn();
    expect(count(gist(), "typing")).toBe(2 * SIGNALS_A_TURN);
    room.say("one");
    turn();
    expect(count(gist(), "typing")).toBe(WRITES_A_TURN);
  });
});
