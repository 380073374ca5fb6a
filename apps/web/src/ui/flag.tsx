/** How a flag is divided, and its two colours. */
interface FlagDesign {
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

type FlagPattern = (typeof flagPatterns)[number];
type FlagColour = "blue" | "red" | "yellow" | "white" | "navy";

/** Pairs that differ at a glance, as on real signal flags. */
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
 * The flag of a room. The same code has the same flag everywhere, so that members see at a glance
 * that they are in the right room.
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

const fills: Record<FlagColour, string> = {
  blue: "fill-flag-blue",
  red: "fill-flag-red",
  yellow: "fill-flag-yellow",
  white: "fill-flag-white",
  navy: "fill-flag-navy",
};

const WHOLE = "M0 0h60v60H0z";

/** The field if it is not the whole square, so that the edge of the other half stays clean. */
const fields: Partial<Record<FlagPattern, string>> = {
  quarters: "M0 0h30v30H0zM30 30h30v30H30z",
  upright: "M0 0h30v60H0z",
  level: "M0 0h60v30H0z",
  diagonal: "M0 0h60L0 60z",
};

/** The part of each pattern that is drawn on the field, in a square of 60. */
const charges: Record<FlagPattern, string> = {
  quarters: "M30 0h30v30H30zM0 30h30v30H0z",
  upright: "M30 0h30v60H30z",
  level: "M0 30h60v30H0z",
  cross: "M22 0h16v22h22v16H38v22H22V38H0V22h22z",
  saltire: "M0 0h13l17 17L47 0h13v13L43 30l17 17v13H47L30 43 13 60H0V47l17-17L0 13z",
  square: "M19 19h22v22H19z",
  disc: "M30 15a15 15 0 1 0 0 30a15 15 0 1 0 0-30z",
  diagonal: "M60 0v60H0z",
  stripes: "M0 12h60v12H0zM0 36h60v12H0z",
  rays: "M12 0h12L0 24V12zM36 0h12L0 48V36zM60 0v12L12 60H0zM60 24v12L36 60H24zM60 48v12H48z",
  frame: "M0 0h60v60H0zM15 15v30h30V15z",
};

/** A signal flag in the shape of a speech bubble: three round corners and a tip. Decorative. */
export function Flag({ design, className }: { design: FlagDesign; className?: string }) {
  return (
    <svg
      viewBox="0 0 60 60"
      aria-hidden="true"
      focusable="false"
      className={`rounded-[24%] rounded-es-[6%] outline -outline-offset-1 outline-edge/25 ${className ?? ""}`}
    >
      <path className={fills[design.field]} d={fields[design.pattern] ?? WHOLE} />
      <path className={fills[design.charge]} d={charges[design.pattern]} fillRule="evenodd" />
    </svg>
  );
}
