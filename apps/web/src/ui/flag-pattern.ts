/** How a flag is divided, and the two colours that it takes. */
export interface FlagDesign {
  readonly pattern: FlagPattern;
  readonly field: FlagColour;
  readonly charge: FlagColour;
}

export const flagPatterns = [
  "quarters",
  "upright",
  "level",
  "cross",
  "saltire",
  "square",
  "disc",
  "diagonal",
  "stripes",
  "rays",
  "frame",
] as const;

export type FlagPattern = (typeof flagPatterns)[number];
export type FlagColour = "blue" | "red" | "yellow" | "white" | "navy";

/** Pairs that are told apart at a glance, as real signal flags are. */
const pairs: readonly (readonly [FlagColour, FlagColour])[] = [
  ["blue", "white"],
  ["white", "blue"],
  ["red", "white"],
  ["white", "red"],
  ["yellow", "blue"],
  ["blue", "yellow"],
  ["red", "yellow"],
  ["yellow", "red"],
  ["yellow", "navy"],
  ["white", "navy"],
];

/**
 * The flag of a room: the same code has the same flag everywhere, so that people see at a glance
 * that they are in the room they meant.
 * @param roomId a canonical room id
 */
export function flagOf(roomId: string): FlagDesign {
  let hash = 0x811c9dc5;
  for (let i = 0; i < roomId.length; i += 1) {
    hash = Math.imul(hash ^ roomId.charCodeAt(i), 0x01000193) >>> 0;
  }
  // The low bits of this hash are poor on their own; the high ones choose the pair.
  const pattern = flagPatterns[hash % flagPatterns.length] ?? "quarters";
  const [field, charge] = pairs[(hash >>> 16) % pairs.length] ?? ["blue", "white"];
  return { pattern, field, charge };
}

/** P, A, R, L, E and Y of the International Code of Signals. */
export const nameInFlags: readonly FlagDesign[] = [
  { pattern: "square", field: "blue", charge: "white" },
  { pattern: "upright", field: "white", charge: "blue" },
  { pattern: "cross", field: "red", charge: "yellow" },
  { pattern: "quarters", field: "yellow", charge: "navy" },
  { pattern: "level", field: "blue", charge: "red" },
  { pattern: "rays", field: "yellow", charge: "red" },
];
