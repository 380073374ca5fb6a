/** Somebody in a room whose every step is written down for the checker. */
export interface Actor {
  readonly client: string;
  /** Writes something, connected or not: mostly it says `text`, at times it speaks of an earlier one. */
  write(text: string): void;
  /** Whether it is in the room. */
  readonly isIn: boolean;
  /** Whether everything that it wrote has its final answer. */
  readonly isSettled: boolean;
  /** How much is written and has no final answer. */
  readonly pending: number;
  /** The last `seq` that it was shown. */
  readonly shownUpTo: number;
  /** Goes away for good, at the end of a round; nothing is recorded of it. */
  end(): void;
}
