import type { Member } from "@parley/protocol";
import { LogUnavailable } from "../log/log.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import { LocalPresence } from "./local-presence.ts";
import type { Departure, Presence, PresenceEvents, PresenceDeps } from "./presence.ts";
import { endOfTurn } from "../timing/flush-clock.ts";
import type { CancelTimer } from "../timing/timer-wheel.ts";
import { REFRESH_EVERY_MS } from "./leases.ts";
import {
  applied,
  difference,
  EMPTY_ROSTER,
  wantsMore,
  type RosterChange,
  type Roster,
} from "./roster.ts";
import type { PresenceStore } from "./presence-store.ts";

/**
 * Who is in a room that several servers share. Sockets and absences are each server's own
 * (LocalPresence); which members that makes, over all servers, is kept in a PresenceStore.
 */
export class SharedPresence implements Presence {
  readonly #local: LocalPresence;
  readonly #store: PresenceStore;
  readonly #deps: PresenceDeps;
  readonly #events: PresenceEvents;
  readonly #listening: Promise<() => void>;
  #roster: Roster = EMPTY_ROSTER;
  /** Read under way, so that a burst of changes that were missed is one. */
  #reading: Promise<void> | undefined;
  /** Members who are being added to the store: their other sockets wait for it, too. */
  readonly #entering = new Map<string, Promise<void>>();
  /** Leaves that the store has not taken yet. */
  readonly #pendingLeaves = new Map<string, Departure>();
  readonly #onClosed: () => void;
  #nextRefresh: CancelTimer;

  /** @param onClosed told when the room was given up here */
  constructor(
    store: PresenceStore,
    deps: PresenceDeps,
    events: PresenceEvents,
    onClosed: () => void = () => {},
  ) {
    this.#onClosed = onClosed;
    this.#store = store;
    this.#deps = deps;
    this.#events = events;
    this.#local = new LocalPresence(deps, {
      entered: () => {},
      renamed: (member) => this.#try(store.rename(member)),
      left: ({ id }, how) => this.#remove(id, how),
      counted: () => {},
      typing: (member, on) => this.#try(store.announceTyping(member, on)),
      emptied: () => events.emptied(),
    });
    this.#listening = store.listen({
      changed: (change) => this.#onChange(change),
      typing: (member, on) => events.typing(member, on),
      leftOnPurpose: (id) => this.#onLeft(id),
      renewed: () => this.#try(this.#refresh()),
    });
    // A join waits for it and is told why it failed.
    // oxlint-disable-next-line house/no-bare-catch -- for joins to look at
    this.#listening.catch(() => {});
    this.#nextRefresh = this.#refreshLater();
  }

  get count(): number {
    return this.#roster.count;
  }

  async counted(): Promise<number> {
    // If nobody is here, nobody waits for what is known of the others.
    if (this.#local.count === 0) {
      await this.#listening;
      await this.#read();
    }
    return this.count;
  }

  get localCount(): number {
    return this.#local.localCount;
  }

  list(): Member[] {
    return [...this.#roster.listed];
  }

  get(id: string): Member | undefined {
    return this.#local.get(id) ?? this.#roster.listed.find((member) => member.id === id);
  }

  async find(id: string): Promise<Member | undefined> {
    return this.get(id) ?? this.#store.find(id);
  }

  paceOf(id: string): TokenBucket | undefined {
    return this.#local.paceOf(id);
  }

  enter(member: Member): Promise<void> | undefined {
    const isKnown = this.#local.get(member.id) !== undefined;
    this.#local.enter(member);
    const entering = isKnown ? this.#entering.get(member.id) : this.#add(member);
    return entering && this.#orLeave(member, entering);
  }

  rename(member: Member): void {
    if (!this.#local.get(member.id)) return this.#try(this.#store.rename(member));
    this.#local.rename(member);
  }

  depart(id: string, how: Departure): void {
    this.#local.depart(id, how);
  }

  announceTyping(member: Member, on: boolean): void {
    this.#local.announceTyping(member, on);
  }

  close(): void {
    this.#onClosed();
    this.#nextRefresh();
    this.#local.close();
    this.#listening.then(
      (stop) => stop(),
      () => {}, // A join was told why; nothing listens then.
    );
  }

  /** This server goes down: its members count as away from now on, for so long, in ms. */
  async goDown(absenceMs: number): Promise<void> {
    this.#nextRefresh();
    await this.#store.refresh(this.#local.all(), absenceMs);
  }

  #add(member: Member): Promise<void> {
    const entering = this.#listening
      .then(() => this.#enterStore(member))
      .finally(() => {
        if (this.#entering.get(member.id) === entering) this.#entering.delete(member.id);
      });
    this.#entering.set(member.id, entering);
    return entering;
  }

  /** A list of hundreds is read for the first member only: a room that fills would read each of it. */
  async #enterStore(member: Member): Promise<void> {
    if (this.#roster === EMPTY_ROSTER) return this.#replace(await this.#store.enter(member));
    const number = await this.#store.add(member);
    // What is told of it is usually here in the same turn as the answer.
    if (this.#roster.number < number) await endOfTurn();
    // A read under way may be older than the change.
    for (let reads = 0; reads < 2 && this.#roster.number < number; reads += 1) await this.#read();
    return undefined;
  }

  /** A member that cannot be added to the store did not come in: their socket goes. */
  async #orLeave({ id }: Member, entering: Promise<void>): Promise<void> {
    try {
      await entering;
    } catch (error) {
      this.#local.depart(id, "left");
      throw error;
    }
  }

  #remove(id: string, how: Departure): void {
    this.#pendingLeaves.set(id, how);
    this.#try(this.#writeLeave(id, how));
  }

  async #writeLeave(id: string, how: Departure): Promise<void> {
    if (!this.#local.get(id)) await this.#store.leave(id, how);
    this.#pendingLeaves.delete(id);
  }

  #onChange(change: RosterChange): void {
    const roster = applied(this.#roster, change);
    if (roster === this.#roster) return;
    if (!roster) return this.#try(this.#read());
    this.#roster = roster;
    this.#tell(change);
    if (wantsMore(roster)) this.#try(this.#read());
  }

  #onLeft(id: string): void {
    this.#local.dismiss(id);
    const member = this.#local.get(id);
    if (member) this.#try(this.#renew(member));
  }

  async #renew(member: Member): Promise<void> {
    await this.#store.refresh([member]);
  }

  #replace(roster: Roster): void {
    if (roster.number < this.#roster.number) return;
    const before = this.#roster;
    this.#roster = roster;
    const changes = difference(before, roster);
    for (const change of changes) this.#tell(change);
    if (changes.length === 0 && roster.count !== before.count) this.#events.counted();
  }

  #tell({ what, member }: Pick<RosterChange, "what" | "member">): void {
    if (what === "renamed") this.#local.adopt(member);
    this.#events[what](member, "left");
  }

  #read(): Promise<void> {
    this.#reading ??= this.#store
      .read()
      .then((roster) => this.#replace(roster))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #refreshLater(): CancelTimer {
    return this.#deps.timers.after(REFRESH_EVERY_MS, () => {
      this.#nextRefresh = this.#refreshLater();
      this.#try(this.#refresh());
    });
  }

  async #refresh(): Promise<void> {
    for (const [id, how] of this.#pendingLeaves) await this.#writeLeave(id, how);
    const people = this.#local.all();
    if (people.length === 0) return;
    const number = await this.#store.refresh(people);
    if (number !== this.#roster.number) await this.#read();
  }

  /** What cannot be done now is done with the next refresh, or is no loss. */
  #try(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof LogUnavailable)) this.#deps.onFailure(error);
    });
  }
}
