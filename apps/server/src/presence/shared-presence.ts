import type { Member } from "@parley/protocol";
import type { TokenBucket } from "../limits/rate-limit.ts";
import { Members } from "./local-presence.ts";
import type { Departure, People, PeopleEvents, PresenceDeps } from "./presence.ts";
import type { Cancel } from "../timing/timer-wheel.ts";
import { REFRESH_EVERY_MS } from "./leases.ts";
import { applied, difference, EMPTY_ROLL, wantsMore, type Change, type Roll } from "./roster.ts";
import type { RoomRegister } from "./presence-store.ts";

/**
 * Who is in a room that several servers share. Sockets and absences are each server's own
 * affair (Members); which people that makes, over all servers, is written down in a register.
 */
export class SharedMembers implements People {
  readonly #here: Members;
  readonly #register: RoomRegister;
  readonly #deps: PresenceDeps;
  readonly #events: PeopleEvents;
  readonly #listening: Promise<() => void>;
  #roll: Roll = EMPTY_ROLL;
  /** Read under way, so that a burst of changes that were missed is one. */
  #reading: Promise<void> | undefined;
  /** Who is being written down: their other sockets wait for it, too. */
  readonly #entering = new Map<string, Promise<void>>();
  /** Departures that could not be written down yet. */
  readonly #owed = new Map<string, Departure>();
  readonly #onClosed: () => void;
  #nextRefresh: Cancel;

  /** @param onClosed told when the room was given up here */
  constructor(
    register: RoomRegister,
    deps: PresenceDeps,
    events: PeopleEvents,
    onClosed: () => void = () => {},
  ) {
    this.#onClosed = onClosed;
    this.#register = register;
    this.#deps = deps;
    this.#events = events;
    this.#here = new Members(deps, {
      entered: () => {},
      renamed: (member) => this.#try(register.rename(member)),
      left: ({ id }, how) => this.#writeOff(id, how),
      typing: (member, on) => this.#try(register.announceTyping(member, on)),
      emptied: () => events.emptied(),
    });
    this.#listening = register.listen({
      changed: (change) => this.#hear(change),
      typing: (member, on) => events.typing(member, on),
      leftOnPurpose: (id) => this.#hearFarewell(id),
      renewed: () => this.#try(this.#refresh()),
    });
    // Whoever enters waits for it and is told why it failed.
    this.#listening.catch(() => {});
    this.#nextRefresh = this.#refreshLater();
  }

  get count(): number {
    return this.#roll.count;
  }

  get hereCount(): number {
    return this.#here.hereCount;
  }

  list(): Member[] {
    return [...this.#roll.listed];
  }

  get(id: string): Member | undefined {
    return this.#here.get(id) ?? this.#roll.listed.find((member) => member.id === id);
  }

  paceOf(id: string): TokenBucket | undefined {
    return this.#here.paceOf(id);
  }

  enter(member: Member): Promise<void> | undefined {
    const isKnown = this.#here.get(member.id) !== undefined;
    this.#here.enter(member);
    const entering = isKnown ? this.#entering.get(member.id) : this.#writeDown(member);
    return entering && this.#orGo(member, entering);
  }

  rename(member: Member): void {
    this.#here.rename(member);
  }

  depart(id: string, how: Departure): void {
    this.#here.depart(id, how);
  }

  announceTyping(member: Member, on: boolean): void {
    this.#here.announceTyping(member, on);
  }

  close(): void {
    this.#onClosed();
    this.#nextRefresh();
    this.#here.close();
    this.#listening.then(
      (stop) => stop(),
      () => {},
    );
  }

  /** This server goes down: its people count as away from now on, for so long, in ms. */
  async goDown(absenceMs: number): Promise<void> {
    this.#nextRefresh();
    await this.#register.refresh(this.#here.all(), absenceMs);
  }

  #writeDown(member: Member): Promise<void> {
    const entering = this.#listening
      .then(() => this.#register.enter(member))
      .then((roll) => this.#learn(roll))
      .finally(() => {
        if (this.#entering.get(member.id) === entering) this.#entering.delete(member.id);
      });
    this.#entering.set(member.id, entering);
    return entering;
  }

  /** Where somebody cannot be written down, the socket that waits for it did not come in. */
  async #orGo({ id }: Member, entering: Promise<void>): Promise<void> {
    try {
      await entering;
    } catch (error) {
      this.#here.depart(id, "left");
      throw error;
    }
  }

  #writeOff(id: string, how: Departure): void {
    this.#owed.set(id, how);
    this.#try(this.#settle(id, how));
  }

  async #settle(id: string, how: Departure): Promise<void> {
    if (!this.#here.get(id)) await this.#register.leave(id, how);
    this.#owed.delete(id);
  }

  #hear(change: Change): void {
    const roll = applied(this.#roll, change);
    if (roll === this.#roll) return;
    if (!roll) return this.#try(this.#read());
    this.#roll = roll;
    this.#tell(change);
    if (wantsMore(roll)) this.#try(this.#read());
  }

  #hearFarewell(id: string): void {
    this.#here.dismiss(id);
    const member = this.#here.get(id);
    if (member) this.#try(this.#keep(member));
  }

  async #keep(member: Member): Promise<void> {
    await this.#register.refresh([member]);
  }

  #learn(roll: Roll): void {
    if (roll.number < this.#roll.number) return;
    const before = this.#roll;
    this.#roll = roll;
    for (const change of difference(before, roll)) this.#tell(change);
  }

  #tell({ what, member }: Pick<Change, "what" | "member">): void {
    if (what === "renamed") this.#here.adopt(member);
    this.#events[what](member, "left");
  }

  #read(): Promise<void> {
    this.#reading ??= this.#register
      .read()
      .then((roll) => this.#learn(roll))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #refreshLater(): Cancel {
    return this.#deps.timers.after(REFRESH_EVERY_MS, () => {
      this.#nextRefresh = this.#refreshLater();
      this.#try(this.#refresh());
    });
  }

  async #refresh(): Promise<void> {
    for (const [id, how] of this.#owed) await this.#settle(id, how);
    const people = this.#here.all();
    if (people.length === 0) return;
    const number = await this.#register.refresh(people);
    if (number !== this.#roll.number) await this.#read();
  }

  /** What cannot be done now is done with the next refresh, or is no loss. */
  #try(work: Promise<void>): void {
    work.catch(() => {});
  }
}
