import type { Outbox } from "@parley/client";
import { pause, holds } from "@parley/testkit/waiting";
import { branch, oneOf, whole, type Chance } from "../chance.ts";
import { check } from "../checker/checker.ts";
import type { FinalLog, Observation } from "../checker/observation.ts";
import type { Verdict } from "../checker/verdict.ts";
import { AckTimes } from "../actors/ack-times.ts";
import { readFinalLog } from "../actors/final-log.ts";
import { ClientActor, type ClientActorOptions } from "../actors/client-actor.ts";
import { ScriptActor } from "../actors/script-actor.ts";
import type { Actor } from "../actors/actor.ts";
import type { Round } from "./scenario.ts";

/** How long it may take until all are in the room, in ms. */
const IN_WITHIN_MS = 60_000;
/** How long it may take until everything is answered, in ms. */
const SETTLED_WITHIN_MS = 60_000;
/** How long the last entry may take to the last reader, in ms. */
const SHOWN_WITHIN_MS = 30_000;

/** The most messages that somebody writes at once. */
const AT_ONCE_MAX = 8;

/** Opens clients in a round's room while `meet` runs; closes them also if it throws. */
export async function gather<Result>(
  round: Round,
  meet: (gathering: Gathering) => Promise<Result>,
): Promise<Result> {
  const gathering = new Gathering(round);
  try {
    return await meet(gathering);
  } finally {
    gathering.end();
  }
}

/** What somebody has from an earlier visit, and how they reach the room. */
type Kept = Pick<ClientActorOptions, "outbox" | "token" | "way">;

/** Several actors in one room, and the record of all that they write, hear and are shown. */
export class Gathering {
  readonly observations: Observation[] = [];
  readonly actors: Actor[] = [];
  /** How long what is written takes to its acknowledgement. */
  readonly ackTimes = new AckTimes();
  readonly #roomId: string;
  readonly #chance: Chance;

  constructor({ roomId, chance }: Round) {
    this.#roomId = roomId;
    this.#chance = chance;
  }

  /** Somebody with the room client comes, by this address. */
  person(client: string, url: string, kept: Kept = {}): ClientActor {
    const person = new ClientActor({ ...this.#newcomer(client, url), ...kept });
    this.actors.push(person);
    return person;
  }

  /**
   * A member's page is loaded again: the same member comes as another client, with what was stored.
   */
  async reload(
    before: ClientActor,
    client: string,
    url: string,
    outbox: Outbox,
  ): Promise<ClientActor> {
    before.vanish();
    const { token } = before.room;
    const kept = await outbox.load(this.#roomId);
    const after = new ClientActor({
      ...this.#newcomer(client, url),
      outbox,
      ...(token === undefined ? {} : { token }),
    });
    after.inherit(before, kept);
    this.actors.splice(this.actors.indexOf(before), 1, after);
    return after;
  }

  /** A script comes, by this address. */
  script(client: string, url: string): ScriptActor {
    const script = new ScriptActor(this.#newcomer(client, url));
    this.actors.push(script);
    return script;
  }

  /** How much is written and has no final answer. */
  get pending(): number {
    return this.actors.reduce((sum, { pending }) => sum + pending, 0);
  }

  /** Waits until all are in. */
  async allIn(): Promise<void> {
    if (await holds(() => this.actors.every(({ isIn }) => isIn), IN_WITHIN_MS)) return;
    const out = this.actors.filter(({ isIn }) => !isIn).map(({ client }) => client);
    throw new Error(`${out.join(", ")} did not get into the room`);
  }

  /**
   * Writes messages in the course of so many ms: so many times somebody writes a few at once, at
   * any moment.
   */
  async talk(times: number, overMs: number): Promise<void> {
    const chance = branch(this.#chance);
    const moments = Array.from({ length: times }, () => whole(chance, 0, overMs));
    const from = performance.now();
    for (const [time, moment] of moments.toSorted((a, b) => a - b).entries()) {
      const wait = from + moment - performance.now();
      if (wait > 0) await pause(wait);
      const actor = oneOf(chance, this.actors);
      const few = whole(chance, 1, AT_ONCE_MAX);
      for (let n = 1; n <= few; n += 1) actor?.write(`message ${time}, part ${n}`);
    }
  }

  /** Waits until everything has its answer and all are in; what does not get so far is the checker's. */
  async settled(): Promise<void> {
    const isSettled = () => this.actors.every((actor) => actor.isIn && actor.isSettled);
    await holds(isSettled, SETTLED_WITHIN_MS);
  }

  /**
   * Waits for the end, reads the final log by this address, sends all home and judges.
   * @param servers where each server is, where there are several behind this address
   */
  async judge(
    url: string,
    servers?: readonly string[],
  ): Promise<{ verdict: Verdict; log: FinalLog }> {
    await this.settled();
    const log = await readFinalLog(url, this.#roomId, servers);
    await holds(() => this.actors.every((actor) => actor.shownUpTo >= log.head), SHOWN_WITHIN_MS);
    const observations = [...this.observations];
    this.end();
    return { verdict: check(observations, log), log };
  }

  /** Sends all home. */
  end(): void {
    for (const actor of this.actors) actor.end();
  }

  #newcomer(client: string, url: string) {
    const record = (observation: Observation) => {
      this.observations.push(observation);
      this.ackTimes.take(observation);
    };
    return { client, url, roomId: this.#roomId, chance: branch(this.#chance), record };
  }
}
