import { variable } from "../variable.ts";
import type { DrawName } from "./entry-text.ts";

const ESCAPE = "\u001b[";
/** Red, green, yellow, blue, magenta, cyan. */
const COLOURS = [31, 32, 33, 34, 35, 36];

/** Colours names if the output is a terminal, unless NO_COLOR is set. */
export function namesFor(output: NodeJS.WriteStream): DrawName {
  if (!isColoured(output)) return (name) => name;
  return (name, id) => `${ESCAPE}1;${colourOf(id)}m${name}${ESCAPE}0m`;
}

/** Draws text that is not a message paler, under the same conditions. */
export function palerFor(output: NodeJS.WriteStream): (text: string) => string {
  if (!isColoured(output)) return (text) => text;
  return (text) => `${ESCAPE}2m${text}${ESCAPE}0m`;
}

function isColoured(output: NodeJS.WriteStream): boolean {
  return output.isTTY && variable("NO_COLOR") === undefined;
}

function colourOf(id: string): number {
  let sum = 0;
  for (const sign of id) sum += sign.codePointAt(0) ?? 0;
  return COLOURS[sum % COLOURS.length] ?? 0;
}
