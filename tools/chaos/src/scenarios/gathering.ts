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

/** How long it may take until all have joined, in ms. */
const IN_WITHIN_MS = 60_000;
/** How long it may take until everything is answered, in ms. */
const SETTLED_WITHIN_MS = 60_000;
/** How long the last entry may take to the last reader, in ms. */
const SHOWN_WITHIN_MS = 30_000;

/** The most messages that one member writes at once. */
const AT_ONCE_MAX = 8;

/** Opens clients in a round's room while `meet` runs; closes them even if it throws. */
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

/** What a client keeps from an earlier visit, and how it connects. */
type Particulars = Pick<ClientActorOptions, "outbox" | "token" | "way" | "open" | "sets">;

/** Several actors in one room, and the record of what they write, receive and are shown. */
export class Gathering {
  readonly observations: Observation[] = [];
  readonly actors: Actor[] = [];
  /** How long entries take to their acknowledgement. */
  readonly ackTimes = new AckTimes();
  readonly #roomId: string;
  readonly #chance: Chance;

  constructor({ roomId, chance }: Round) {
    this.#roomId = roomId;
    this.#chance = chance;
  }

  /** Adds a room client at this address. */
  person(client: string, url: string, more: Particulars = {}): ClientActor {
    const person = new ClientActor({ ...this.#newcomer(client, url), ...more });
    this.actors.push(person);
    return person;
  }

  /** Reloads a member's page: the same member joins as another client, with the stored data. */
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

  /** Adds a script at this address. */
  script(client: string, url: string): ScriptActor {
    const script = new ScriptActor(this.#newcomer(client, url));
    this.actors.push(script);
    return script;
  }

  /** How many entries have no final answer. */
  get pending(): number {
    return this.actors.reduce((sum, { pending }) => sum + pending, 0);
  }

  /** Waits until all have joined. */
  async allIn(): Promise<void> {
    if (await holds(() => this.actors.every(({ isIn }) => isIn), IN_WITHIN_MS)) return;
    const out = this.actors.filter(({ isIn }) => !isIn).map(({ client }) => client);
    throw new Error(`${out.join(", ")} did not get into the room`);
  }

  /**
   * Writes messages over this many ms: each time, one member writes a few at once, at a random
   * moment.
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

  /**
   * Waits until everything is answered and all are in the room; the checker reports what is not.
   */
  async settled(): Promise<void> {
    const isSettled = () => this.actors.every((actor) => actor.isIn && actor.isSettled);
    await holds(isSettled, SETTLED_WITHIN_MS);
  }

  /**
   * Waits for the end, reads the final log at this address, disconnects all and judges.
   * @param servers the address of each server, if several are behind this address
   */
  judge(url: string, servers?: readonly string[]): Promise<{ verdict: Verdict; log: FinalLog }> {
    return this.judgeBy(() => readFinalLog(url, this.#roomId, servers));
  }

  /** The same with another way to read the final log. */
  async judgeBy(read: () => Promise<FinalLog>): Promise<{ verdict: Verdict; log: FinalLog }> {
    await this.settled();
    const log = await read();
    await holds(() => this.actors.every((actor) => actor.shownUpTo >= log.head), SHOWN_WITHIN_MS);
    const observations = [...this.observations];
    this.end();
    return { verdict: check(observations, log), log };
  }

  /** Disconnects all. */
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
