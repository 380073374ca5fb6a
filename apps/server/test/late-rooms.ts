import { expect } from "vitest";
import { unreachable, type EntryFrame } from "@parley/protocol";
import { mintToken } from "../src/identity.ts";
import { BACKLOG_BYTES_MAX } from "../src/limits/limits.ts";
import type { Late } from "./late.ts";
import type { LateStep } from "./late-steps.ts";
import { Reader } from "./reader.ts";
import type { Visitor, World } from "./world.ts";

export const ROOMS = ["lobby", "attic"] as const;
const TOKENS = [mintToken(), mintToken(), mintToken()];
/** How long it takes until all members who left are off the list, in s. */
const OVER_S = 45;
/** More than all answers to what was asked within a second. */
const STEPS_MAX = 5_000;

/** A room's log as it is now. */
interface Stand {
  readonly epoch: string;
  readonly head: number;
}

/** What all servers write to. */
export interface LateStore {
  /** All logs there were, by `epoch room`: what stood at each `seq`. */
  readonly past: ReadonlyMap<string, readonly EntryFrame[]>;
  stand(roomId: string): Promise<Stand>;
  /** Somebody who is elsewhere says something. */
  write(roomId: string): Promise<void>;
  /** All that was written is gone. */
  lose(): Promise<void>;
  /** What servers were to be told, and were not yet, is lost; they find out. */
  breakOff(which: number): void;
  /** Waits for what is under way now, and is to be answered later. */
  quiet(): Promise<void>;
}

/** Somebody with a connection, and what they make of what they are sent. */
interface Person {
  readonly visitor: Visitor;
  readonly reader: Reader;
  readonly token: string;
  room: number;
  said: string[];
  open: boolean;
}

/** Members in two rooms of one server or several, with a store that answers late. */
export class LateRooms {
  readonly #late: Late;
  readonly #worlds: readonly World[];
  readonly #store: LateStore;
  readonly #people: Person[] = [];
  #said = 0;

  constructor(late: Late, worlds: readonly World[], store: LateStore) {
    this.#late = late;
    this.#worlds = worlds;
    this.#store = store;
  }

  async do(step: LateStep): Promise<void> {
    const open = this.#people.filter((person) => person.open);
    const person = open[step.which % open.length];
    switch (step.is) {
      case "answer":
        this.#late.step(step.which);
        break;
      case "fail":
        this.#late.step(step.which, true);
        break;
      case "come":
        this.#come(step.which);
        break;
      case "say":
        if (person) this.#say(person);
        break;
      case "repeat":
        if (person) this.#repeat(person);
        break;
      case "read":
        person?.reader.owes("history");
        person?.visitor.send("history", step.which % 2 === 0 ? {} : { after: 0, limit: 200 });
        break;
      case "move":
        if (person) this.#move(person);
        break;
      case "stall":
        if (person) person.visitor.connection.unread = BACKLOG_BYTES_MAX + 1;
        break;
      case "drain":
        person?.visitor.connection.drain();
        break;
      case "close":
        if (person) this.#close(person, step.which % 2 === 0 ? 1000 : 1006);
        break;
      case "write":
        await this.#store.write(ROOMS[step.which % 2] ?? "lobby");
        break;
      case "lose":
        await this.#store.lose();
        break;
      case "break":
        this.#store.breakOff(step.which);
        break;
      case "wait":
        this.#pass(1_000);
        break;
      default:
        unreachable(step);
    }
    await this.#turn();
  }

  /** Everything comes, what everybody says at the end too: all know the same, and were answered. */
  async end(): Promise<void> {
    await this.#settle(OVER_S);
    // What was missed is found out by the clock, if by nothing else.
    for (const which of this.#worlds.keys()) this.#store.breakOff(which);
    await this.#settle(1);
    for (const person of this.#people.filter(({ open }) => open)) {
      this.#say(person);
      person.reader.owes("history");
      person.visitor.send("history", {});
    }
    for (const roomId of ROOMS) await this.#store.write(roomId);
    await this.#settle(1);
    const open = this.#people.filter((person) => person.open);
    for (const { reader } of open) await this.#isRight(reader, open);
    same(
      this.#worlds.flatMap(({ failures }) => failures),
      [],
    );
  }

  /** Everybody goes, and leaves nothing behind. */
  async closeAll(): Promise<void> {
    for (const person of this.#people) if (person.open) this.#close(person, 1000);
    await this.#settle(OVER_S);
    for (const { rooms } of this.#worlds) same([rooms.count, rooms.memberCount], [0, 0]);
  }

  async #isRight({ known, owed, shown }: Reader, open: readonly Person[]): Promise<void> {
    if (known) {
      const { epoch, head } = await this.#store.stand(known.roomId);
      const here = open.flatMap(({ reader }) =>
        reader.known?.roomId === known.roomId ? reader.known.selfId : [],
      );
      const ids = new Set(here);
      same([known.epoch, known.last], [epoch, head]);
      same(new Set(known.members.keys()), ids);
      same(known.count, ids.size);
    }
    const stands = ROOMS.map(async (id) => `${(await this.#store.stand(id)).epoch} ${id}`);
    const now = await Promise.all(stands);
    const lost = [...this.#store.past].filter(([name]) => !now.includes(name));
    for (const [what, times] of owed) {
      // What was stored in a log that was lost may be lost before it was shown.
      const echoes = lost.filter(
        ([name, log]) =>
          !shown.has(`${name} ${what}`) && log.some(({ payload }) => payload.id === what),
      );
      if (times > echoes.length) throw new Error(`D4: ${what} was not answered.`);
    }
  }

  /** Everything that can run runs; everybody reads what they were sent. */
  async #turn(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await this.#store.quiet();
    for (const person of this.#people) {
      const { visitor, reader } = person;
      for (const frame of visitor.connection.read()) reader.take(frame);
      const { closedWith } = visitor.connection;
      if (person.open && closedWith !== undefined) this.#close(person, closedWith);
    }
  }

  /** Every answer comes, and everybody reads. */
  async #settle(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      for (const { visitor } of this.#people) visitor.connection.drain();
      await this.#turn();
      for (let done = 0; this.#late.step(0); done += 1) {
        if (done > STEPS_MAX) throw new Error("It never comes to an end.");
        await this.#turn();
      }
      this.#pass(1_000);
      await this.#turn();
    }
  }

  #pass(ms: number): void {
    for (const { time } of this.#worlds) time.pass(ms);
  }

  #come(which: number): void {
    const token = TOKENS[which % TOKENS.length] ?? "";
    const world = this.#worlds[which % this.#worlds.length];
    if (!world) return;
    const reader = new Reader(this.#store.past);
    const room = which % 2;
    const person = { visitor: world.visit(), reader, token, room, said: [], open: true };
    this.#people.push(person);
    this.#join(person);
  }

  #move(person: Person): void {
    person.room = 1 - person.room;
    this.#join(person);
  }

  #join({ visitor, reader, room, token }: Person): void {
    reader.joining();
    visitor.send("join", { roomId: ROOMS[room] ?? "lobby", token, name: token.slice(0, 8) });
  }

  #say({ visitor, reader, said }: Person): void {
    const id = `said-${(this.#said += 1)}`;
    said.push(id);
    reader.owes(id);
    visitor.send("chat", { message: id, id });
  }

  #repeat({ visitor, reader, said }: Person): void {
    const id = said.at(-1);
    if (id === undefined) return;
    reader.repeated.add(id);
    reader.owes(id);
    visitor.send("chat", { message: id, id });
  }

  #close(person: Person, code: number): void {
    person.open = false;
    person.visitor.close(code);
  }
}

function same(found: unknown, expected: unknown): void {
  expect(found).toEqual(expected);
}
