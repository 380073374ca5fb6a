import type { Member } from "@parley/protocol";
import { LogUnavailable } from "../src/log/log.ts";
import type { RosterChange, Roster } from "../src/presence/roster.ts";
import type { PresenceStoreListener, PresenceStore } from "../src/presence/presence-store.ts";
import { SharedPresence } from "../src/presence/shared-presence.ts";
import type { OpenPresence } from "../src/presence/presence.ts";
import { LateFailure, type Late } from "./late.ts";

/** Who is in a room, as a store of many servers knows it. */
export interface Book {
  number: number;
  readonly people: Map<string, { member: Member; readonly servers: Set<string> }>;
  readonly listeners: Map<PresenceStoreListener, string>;
}

/**
 * A presence store as many servers may share it: calls are done in their order, at any later
 * moment; the answer and what listeners are told come at any moment after that.
 */
class LateRegister implements PresenceStore {
  readonly #late: Late;
  readonly #book: Book;
  readonly #server: string;
  readonly #lane: string;

  constructor(late: Late, book: Book, server: string, roomId: string) {
    this.#late = late;
    this.#book = book;
    this.#server = server;
    this.#lane = `${server} ${roomId}`;
  }

  listen(listener: PresenceStoreListener): Promise<() => void> {
    const lane = `told ${this.#lane} ${this.#book.listeners.size}`;
    return this.#call(() => {
      this.#book.listeners.set(listener, lane);
      return () => {
        this.#book.listeners.delete(listener);
      };
    });
  }

  enter(member: Member): Promise<Roster> {
    return this.#call(() => this.#bringIn(member));
  }

  async add(member: Member): Promise<number> {
    return (await this.enter(member)).number;
  }

  /** It may fail only once it is done: leases, which end what was never done, are not told of here. */
  leave(id: string): Promise<void> {
    const leave = () => {
      const known = this.#book.people.get(id);
      if (!known?.servers.delete(this.#server) || known.servers.size > 0) return;
      this.#book.people.delete(id);
      this.#tell("left", known.member);
    };
    return this.#call(leave).catch((error: unknown) => {
      leave();
      throw error;
    });
  }

  rename(member: Member): Promise<void> {
    return this.#call(() => {
      if (this.#book.people.has(member.id)) this.#bringIn(member);
    });
  }

  refresh(people: readonly Member[]): Promise<number> {
    return this.#call(() => {
      for (const member of people) {
        const known = this.#book.people.get(member.id);
        if (known) known.servers.add(this.#server);
        else this.#bringIn(member);
      }
      return this.#book.number;
    });
  }

  read(): Promise<Roster> {
    return this.#call(() => this.#roll());
  }

  find(id: string): Promise<Member | undefined> {
    return this.#call(() => this.#book.people.get(id)?.member);
  }

  announceTyping(member: Member, on: boolean): Promise<void> {
    return this.#call(() => this.#tellAll((listener) => listener.typing(member, on)));
  }

  async #call<T>(work: () => T): Promise<T> {
    try {
      const result = await this.#late.do(`register ${this.#lane}`, work);
      return await this.#late.do(`answers ${this.#lane}`, () => result);
    } catch (error) {
      throw error instanceof LateFailure ? new LogUnavailable("Redis is away") : error;
    }
  }

  #bringIn(member: Member): Roster {
    const known = this.#book.people.get(member.id);
    const servers = known?.servers ?? new Set();
    this.#book.people.set(member.id, { member, servers: servers.add(this.#server) });
    if (known?.member.name !== member.name) this.#tell(known ? "renamed" : "entered", member);
    return this.#roll();
  }

  #roll(): Roster {
    const { number, people } = this.#book;
    return {
      number,
      count: people.size,
      listed: Array.from(people.values(), ({ member }) => member),
    };
  }

  #tell(what: RosterChange["what"], member: Member): void {
    this.#book.number += 1;
    const change = { number: this.#book.number, count: this.#book.people.size, what, member };
    this.#tellAll((listener) => listener.changed(change));
  }

  #tellAll(tell: (listener: PresenceStoreListener) => void): void {
    for (const [listener, lane] of this.#book.listeners) {
      // What is told may get lost.
      this.#late.do(lane, () => tell(listener)).catch(() => {});
    }
  }
}

/**
 * The presence of rooms whose store answers late.
 * @param server names the server that stores them
 * @param books what all servers store to
 */
export function latePeople(
  late: Late,
  server = "server",
  books = new Map<string, Book>(),
): OpenPresence {
  return (roomId, rules, events) => {
    const book = books.get(roomId) ?? { number: 0, people: new Map(), listeners: new Map() };
    books.set(roomId, book);
    return new SharedPresence(new LateRegister(late, book, server, roomId), rules, events);
  };
}
