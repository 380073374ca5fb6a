import type { Block } from "./tree.ts";

/** A block that was read from some lines, and the line after it. */
export interface Read {
  readonly block: Block;
  readonly next: number;
}

/** Turns the lines inside a quote or a list into blocks. */
export type ReadInside = (lines: readonly string[]) => readonly Block[];
