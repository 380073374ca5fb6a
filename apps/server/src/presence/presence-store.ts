import type { Member } from "@parley/protocol";
import type { Departure } from "./presence.ts";
import type { RosterChange, Roster } from "./roster.ts";

/** What a store tells of a room. */
export interface PresenceStoreListener {
  changed(change: RosterChange): void;
  typing(member: Member, on: boolean): void;
  /**
   * Somebody left on purpose on another server: nobody has to wait for them to come back, and who
   * still has them says so with `refresh`.
   */
  leftOnPurpose(id: string): void;
  /** What was told lately may be lost. */
  renewed(): void;
}

/**
 * The members of rooms, shared by servers. A member that a server added stays until that server
 * removes them, or is silent for as long as a lease holds. All methods may throw LogUnavailable.
 */
export interface PresenceStore {
  /** @returns stops it */
  listen(listener: PresenceStoreListener): Promise<() => void>;
  /** Adds a member for this server; gives who is in the room then. */
  enter(member: Member): Promise<Roster>;
  /**
   * The same, for a server that knows who is in the room, and hears of this change as of any other.
   * @returns the number of the last change
   */
  add(member: Member): Promise<number>;
  /**
   * Removes a member from this server. If they left on purpose, any other that does not say within
   * an absence that it has them loses them too: it may have died.
   */
  leave(id: string, how: Departure): Promise<void>;
  rename(member: Member): Promise<void>;
  /**
   * Says that this server is alive and has these members, and ends the leases that others let lapse.
   * @param leaseMs how long that holds; without it, as long as ever
   * @returns the number of the last change
   */
  refresh(members: readonly Member[], leaseMs?: number): Promise<number>;
  read(): Promise<Roster>;
  /** The member with this id, on any server. */
  find(id: string): Promise<Member | undefined>;
  announceTyping(member: Member, on: boolean): Promise<void>;
}
