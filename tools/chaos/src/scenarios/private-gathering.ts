import type { Way } from "@parley/client/http";
import { holds, pause } from "@parley/testkit/waiting";
import type { ClientActor } from "../actors/client-actor.ts";
import {
  readFinalBell,
  readFinalConversation,
  type ConversationReader,
} from "../actors/final-private.ts";
import { PrivateMember } from "../actors/private-member.ts";
import { wrongRings } from "../checker/bell-rule.ts";
import type { FinalLog } from "../checker/observation.ts";
import {
  alsoFound,
  nothingChecked,
  together,
  type Verdict,
  type Violation,
} from "../checker/verdict.ts";
import { branch, oneOf, whole, type Chance } from "../chance.ts";
import { Gathering } from "./gathering.ts";
import type { Round } from "./scenario.ts";

/** How long it may take until every ring was told, in ms: longer than between two looks at a bell. */
const TOLD_WITHIN_MS = 60_000;
/** What every private message contains, followed by the names of the two. */
const MARK = "between ";

/** Where a member connects, and how: by default over a WebSocket. */
interface Place {
  readonly url: string;
  readonly way?: Way;
}

interface Member {
  readonly name: string;
  readonly inRoom: ClientActor;
  readonly shared: PrivateMember;
}

/** The conversation of two members. */
interface Pair {
  readonly members: readonly [Member, Member];
  readonly mark: string;
  readonly gathering: Gathering;
}

/**
 * Members of one room; every two of them have a private conversation. The room's log and the log of
 * each conversation have a checker of their own; bells are checked, too (SPEC W1, W2, W4).
 */
export class PrivateGathering {
  readonly #round: Round;
  readonly #chance: Chance;
  readonly #room: Gathering;
  readonly #members: Member[] = [];
  #pairs: readonly Pair[] = [];

  private constructor(round: Round) {
    this.#round = round;
    this.#chance = branch(round.chance);
    this.#room = new Gathering(round);
  }

  /** Opens these members while `meet` runs; closes them even if it throws. */
  static async gather<Result>(
    round: Round,
    places: Readonly<Record<string, Place>>,
    meet: (gathering: PrivateGathering) => Promise<Result>,
  ): Promise<Result> {
    const gathering = new PrivateGathering(round);
    try {
      await gathering.#open(places);
      return await meet(gathering);
    } finally {
      for (const pair of gathering.#pairs) pair.gathering.end();
      gathering.#room.end();
    }
  }

  async #open(places: Readonly<Record<string, Place>>): Promise<void> {
    for (const [name, { url, way }] of Object.entries(places)) {
      const shared = new PrivateMember();
      const over = way ? { way } : {};
      const inRoom = this.#room.person(name, url, { open: shared.openRoom, ...over });
      this.#members.push({ name, inRoom, shared });
    }
    await this.#room.allIn();
    this.#pairs = this.#members.flatMap((one, at) =>
      this.#members.slice(at + 1).map((other) => this.#pair(one, other)),
    );
    for (const { gathering } of this.#pairs) await gathering.allIn();
  }

  #pair(one: Member, other: Member): Pair {
    const roomId = `${this.#round.roomId}/${one.name}+${other.name}`;
    const gathering = new Gathering({ roomId, chance: branch(this.#chance) });
    for (const [self, partner] of [
      [one, other],
      [other, one],
    ] as const) {
      const open = self.shared.openConversation(partner.inRoom.person);
      gathering.person(`${self.name} to ${partner.name}`, "", { open, sets: false });
    }
    return { members: [one, other], mark: `${MARK}${one.name} and ${other.name}`, gathering };
  }

  /** How many entries have no final answer. */
  get pending(): number {
    const pairs = this.#pairs.map(({ gathering }) => gathering.pending);
    return pairs.reduce((sum, each) => sum + each, this.#room.pending);
  }

  /** Somebody writes something, mostly privately. */
  write(text: string): void {
    const pair = oneOf(this.#chance, [undefined, ...this.#pairs]);
    const actors = (pair?.gathering ?? this.#room).actors;
    oneOf(this.#chance, actors)?.write(pair ? `${text} ${pair.mark}` : text);
  }

  /**
   * Each conversation gets so many messages.
   * @param silent this member writes none
   */
  fill(messages: number, silent?: string): void {
    for (const { mark, gathering } of this.#pairs) {
      const author = gathering.actors.find(
        ({ client }) => silent === undefined || !client.startsWith(`${silent} `),
      );
      for (let n = 1; n <= messages; n += 1) author?.write(`${n} ${mark}`);
    }
  }

  /** Waits until everything is answered. */
  async settled(): Promise<void> {
    for (const { gathering } of [...this.#pairs, { gathering: this.#room }]) {
      await gathering.settled();
    }
  }

  /** How many entries the longest conversation keeps. */
  async longest(url: string): Promise<number> {
    const lengths = await Promise.all(
      this.#pairs.map(async ({ members: [one, other] }) => {
        const reader = this.#readerOf(one, url);
        const { head, first } = await readFinalConversation(reader, other.inRoom.person);
        return head - first + 1;
      }),
    );
    return Math.max(...lengths);
  }

  /** How many windows told a member that a conversation was trimmed. */
  told(name: string): number {
    return this.#pairs.flatMap(({ gathering }) =>
      gathering.observations.filter(
        (each) =>
          each.client.startsWith(`${name} `) && each.is === "window" && each.why === "truncated",
      ),
    ).length;
  }

  #readerOf({ shared: { token = "" } }: Member, url: string): ConversationReader {
    return { url, roomId: this.#round.roomId, token };
  }

  /** Writes so often, at random moments in this many ms. */
  async talk(times: number, overMs: number): Promise<void> {
    const moments = Array.from({ length: times }, () => whole(this.#chance, 0, overMs));
    const from = performance.now();
    for (const [time, moment] of moments.toSorted((a, b) => a - b).entries()) {
      const wait = from + moment - performance.now();
      if (wait > 0) await pause(wait);
      this.write(`message ${time}`);
    }
  }

  /** Waits for the end, reads all logs and bells at this address, and judges. */
  async judge(url: string, servers?: readonly string[]): Promise<Verdict> {
    await this.settled();
    let verdict = nothingChecked;
    const logs = new Map<Pair, FinalLog>();
    for (const pair of this.#pairs) {
      const [one, other] = pair.members;
      const judged = await pair.gathering.judgeBy(() =>
        readFinalConversation(this.#readerOf(one, url), other.inRoom.person),
      );
      logs.set(pair, judged.log);
      verdict = together(verdict, judged.verdict);
    }
    for (const member of this.#members) {
      const written = [...logs]
        .filter(([{ members }]) => members.includes(member))
        .flatMap(([, { entries }]) => entries);
      const { epoch, rings: kept } = await readFinalBell(this.#readerOf(member, url));
      const { name: client, shared } = member;
      const record = () => ({ client, epoch, kept, heard: shared.rings, written });
      await holds(() => wrongRings(record()).length === 0, TOLD_WITHIN_MS, 50);
      verdict = alsoFound(verdict, wrongRings(record()));
    }
    verdict = alsoFound(verdict, this.#leaks());
    const room = await this.#room.judge(url, servers);
    const { figures, violations } = together(verdict, room.verdict);
    return { figures: { ...figures, rounds: 1 }, violations };
  }

  /** What members were sent of conversations that are not theirs (SPEC W2, W3). */
  #leaks(): Violation[] {
    const found = (what: string): Violation => ({ kind: "leaked", what });
    return this.#members.flatMap((member) => {
      const others = this.#pairs.filter(({ members }) => !members.includes(member));
      return member.shared.texts
        .filter(
          (text) =>
            others.some(({ mark }) => text.includes(mark)) ||
            (text.includes(MARK) && !text.startsWith('{"type":"private"')),
        )
        .map((text) => found(`${member.name}: was sent ${text}`));
    });
  }
}
