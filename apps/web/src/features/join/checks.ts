import { canonicalName, canonicalRoomId, type Refusal } from "@parley/protocol";

/** A value in its canonical form, or what is wrong with it, for people. */
type Checked =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string };

/**
 * Checks a room code by the rule of the protocol.
 * @param text what was typed or pasted; the code is taken out of a room's link
 */
export function checkRoomCode(text: string): Checked {
  const code = codeIn(text);
  if (code === "") return { ok: false, message: "Enter a room code, or start a new room." };
  return check(canonicalRoomId(code), "A code is 1 to 64 letters, digits, dashes or underscores.");
}

/** Checks a name by the rule of the protocol; the value is the name as others will see it. */
export function checkName(text: string): Checked {
  if (text.trim() === "") return { ok: false, message: "Enter a name for the others to see." };
  return check(canonicalName(text), "A name is 1 to 32 visible characters.");
}

/**
 * The code in what was typed or pasted: a code, or a text with the link of a room. "Room code: "
 * before it or a full stop after it is left out, and dashes that a text program made are plain.
 */
export function codeIn(text: string): string {
  const bare = text.replaceAll(/[‐-—]/g, "-").replaceAll(/^(.*:)?\s+|[\s.,;)]+$/g, "");
  return /\/r\/([\w-]+)/.exec(bare)?.[1] ?? bare;
}

function check(value: string | undefined, message: string): Checked {
  return value === undefined ? { ok: false, message } : { ok: true, value };
}

/** Why the join was refused, and the field that it concerns. */
export interface JoinProblem {
  readonly field: "code" | "name" | "form";
  readonly message: string;
}

/** Finds the field that a refused join concerns. */
export function problemOf({ code, message }: Refusal): JoinProblem {
  if (code === "bad_room") return { field: "code", message };
  if (code === "bad_name" || code === "not_unicode") return { field: "name", message };
  return { field: "form", message };
}
