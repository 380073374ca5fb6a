/** A client in a room; the checker gets a record of every step. */
export interface Actor {
  readonly client: string;
  /**
   * Writes an entry, connected or not: usually the message `text`, sometimes a change of an earlier
   * one.
   */
  write(text: string): void;
  /** Whether it is in the room. */
  readonly isIn: boolean;
  /** Whether all its entries have a final answer. */
  readonly isSettled: boolean;
  /** How many entries have no final answer. */
  readonly pending: number;
  /** The last `seq` that it was shown. */
  readonly shownUpTo: number;
  /** Leaves for good at the end of a round; this is not recorded. */
  end(): void;
}
