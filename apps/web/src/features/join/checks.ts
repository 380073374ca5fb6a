import { Name, type Refusal, RoomId } from "@parley/protocol";

/** A value in its canonical form, or what is wrong with it, for people. */
type Checked =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string };

/**
 * Checks a room code by the rule of the wire.
 * @param text what was typed or pasted; of a room's link, the code is taken
 */
export function checkRoomCode(text: string): Checked {
  const code = codeIn(text);
  if (code === "") return { ok: false, message: "Enter a room code, or open a new room." };
  return check(RoomId, code, "A code is 1 to 64 letters, digits, dashes or underscores.");
}

/** Checks a name by the rule of the wire; the value is the name as others will see it. */
export function checkName(text: string): Checked {
  if (text.trim() === "") return { ok: false, message: "Enter a name for the others to see." };
  return check(Name, text, "A name is 1 to 32 visible characters.");
}

/** The code in what was typed or pasted: a code, or the link of a room. */
export function codeIn(text: string): string {
  const trimmed = text.trim();
  return /^https?:\/\/[^/]+\/r\/([\w-]+)/.exec(trimmed)?.[1] ?? trimmed;
}

/** Schemas are asked through the interface that they share: the codec would double this screen. */
function check(schema: typeof RoomId | typeof Name, text: string, message: string): Checked {
  const result = schema["~standard"].validate(text);
  return result instanceof Promise || result.issues
    ? { ok: false, message }
    : { ok: true, value: result.value };
}

/** What stands in the way of joining, beside the field that it concerns. */
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
