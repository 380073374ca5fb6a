import { answering, refOf, refusal, type EntryRequest, type Member } from "@parley/protocol";
import { LogUnavailable, type Appended, type Range, type RoomLog } from "../log/log.ts";
import { PAGES_RETRY_MS } from "../limits/limits.ts";
import { decide, targetOf, type Known } from "../access/decide.ts";
import { lookUp } from "../access/look-up.ts";
import type { Departure } from "../presence/presence.ts";
import { refusalOf, refusalOfAppend } from "../access/submit.ts";
import { readPage } from "../rooms/page.ts";
import type { LogAnswer, Room } from "../rooms/room.ts";
import type { ConnectionWriter } from "./connection-writer.ts";
import type { AskedPages } from "./page-queue.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { Subscriber } from "../delivery/subscriber.ts";
import type { PrivateSide, SessionDeps } from "./session-deps.ts";

/** What a membership needs of its connection. */
interface MembershipContext {
  readonly writer: ConnectionWriter;
  readonly pages: AskedPages;
  readonly deps: Pick<SessionDeps, "log" | "now" | "onFailure">;
}

/** A connection's place in a room: what it can do there until it leaves. */
export class Membership {
  readonly room: Room;
  readonly #subscriber: Subscriber;
  readonly #writer: ConnectionWriter;
  readonly #log: RoomLog;
  readonly #now: () => number;
  readonly #onFailure: (error: unknown) => void;
  readonly #pages: AskedPages;
  /** The member's private messages; a conversation has none. */
  readonly privately: PrivateSide | undefined;
  /** The last frame that takes several steps: later frames wait for it, so that none overtakes another. */
  #lookup: Promise<void> | undefined;

  constructor(
    room: Room,
    subscriber: Subscriber,
    { writer, pages, deps: { log, now, onFailure } }: MembershipContext,
    privately?: PrivateSide,
  ) {
    this.room = room;
    this.#subscriber = subscriber;
    this.#writer = writer;
    this.#log = log;
    this.#now = now;
    this.#onFailure = onFailure;
    this.#pages = pages;
    this.privately = privately;
  }

  /** Oneself, under the name that one has now. */
  get member(): Member {
    const { memberId } = this.#subscriber;
    return this.room.presence.get(memberId) ?? { id: memberId, name: memberId };
  }

  /**
   * Adds to the room's log, in the order of the calls. The echo is the answer; a repeated `id` is
   * answered with the original entry (SPEC D2), a refused request with an error.
   * @param prepare gives what is added in place of the frame, and may throw what a log and files do
   */
  submit(frame: EntryRequest, prepare?: () => Promise<EntryRequest>): Promise<void> {
    const at = this.#now();
    const from = this.member;
    const isOneStep = !prepare && targetOf(frame) === undefined && !hasFiles(frame);
    if (isOneStep && !this.#lookup) return this.#decide(frame, from, at, {});
    return this.#inSteps(frame, prepare ?? (async () => frame), { from, at });
  }

  /** The permits of this member in this room, over all their connections. */
  get pace(): TokenBucket | undefined {
    return this.room.presence.paceOf(this.#subscriber.memberId);
  }

  rename(name: string): void {
    this.room.presence.rename({ id: this.#subscriber.memberId, name });
  }

  typing(on: boolean): void {
    this.room.announceTyping(this.member, on);
  }

  /** Answers with a page of the log, once those before it have left. */
  history(range: Range, ref: string | undefined): void {
    if (this.#pages.add(() => this.#answerWithPage(range, ref))) return;
    this.#writer.refuse({ ...refusal("rate_limited", ref), retryAfter: PAGES_RETRY_MS });
  }

  leave(how: Departure): void {
    this.privately?.close();
    this.room.leave(this.#subscriber, how);
  }

  async #answerWithPage(range: Range, ref: string | undefined): Promise<void> {
    if (!this.room.holds(this.#subscriber)) return;
    const { address } = this.#writer.connection;
    try {
      await this.room.answer(this.#subscriber, async () => {
        const payload = await readPage(this.#log, this.room.id, range, address);
        const newest = payload.entries.at(-1)?.payload.seq ?? 0;
        const page = answering({ type: "history", payload } as const, ref);
        return { newest, send: () => this.#writer.send(page) };
      });
    } catch (error) {
      if (!(error instanceof LogUnavailable)) this.#onFailure(error);
      const code = error instanceof LogUnavailable ? "unavailable" : "internal";
      this.#writer.refuse(refusal(code, ref));
    }
  }

  async #inSteps(
    frame: EntryRequest,
    prepare: () => Promise<EntryRequest>,
    said: { readonly from: Member; readonly at: number },
  ): Promise<void> {
    const lookup = this.#lookUp(this.#lookup, prepare, frame, said);
    this.#lookup = lookup;
    try {
      await lookup;
    } finally {
      if (this.#lookup === lookup) this.#lookup = undefined;
    }
  }

  async #lookUp(
    before: Promise<void> | undefined,
    prepare: () => Promise<EntryRequest>,
    frame: EntryRequest,
    { from, at }: { readonly from: Member; readonly at: number },
  ): Promise<void> {
    // It refuses what fails, and what it throws all the same its own submit throws and the session
    // reports; this one only comes after it.
    // oxlint-disable-next-line house/no-bare-catch -- the session reports it
    await before?.catch(() => {});
    const find = this.#log.find.bind(this.#log, this.room.id);
    try {
      const request = await prepare();
      await this.#decide(request, from, at, await lookUp(request, from, find));
    } catch (error) {
      this.#writer.refuse(refusalOf(error, refOf(frame)));
    }
  }

  async #decide(request: EntryRequest, actor: Member, at: number, known: Known): Promise<void> {
    const decision = decide(actor, { request, at, known });
    if (!decision.ok) return this.#writer.refuse(decision.refusal);
    try {
      const { generation } = this.room;
      const append = () => this.room.append(decision.draft);
      const appended = await append();
      if (appended.is === "new") return;
      const answer = this.#answerTo(request, appended);
      const again = async () => this.#answerTo(request, await append());
      await this.room.answer(this.#subscriber, again, { generation, answer });
    } catch (error) {
      this.#writer.refuse(refusalOf(error, refOf(request)));
    }
  }

  /** What is said to the author alone; the echo of what is new comes with the stream. */
  #answerTo(frame: EntryRequest, appended: Appended): LogAnswer | undefined {
    if (appended.is === "new") return undefined;
    if (appended.is === "repeat") {
      const entry = answering(appended.entry, frame.payload.ref);
      return { newest: entry.payload.seq, send: () => this.#writer.send(entry) };
    }
    const why = refusalOfAppend(appended, refOf(frame));
    const newest = why.setting?.payload.seq ?? 0;
    return { newest, send: () => this.#writer.refuse(why) };
  }
}

/** Whether a frame is a message with files, which are looked for before it is added. */
function hasFiles(frame: EntryRequest): boolean {
  return frame.type === "chat" && frame.payload.files !== undefined;
}
