import { variable } from "../variable.ts";
import type { DrawName } from "./entry-text.ts";

const ESCAPE = "\u001b[";
/** Red, green, yellow, blue, magenta, cyan. */
const COLOURS = [31, 32, 33, 34, 35, 36];

/** Names in colours where a person looks at standard output, unless NO_COLOR is set. */
export function namesFor(output: NodeJS.WriteStream): DrawName {
  const isPlain = !output.isTTY || variable("NO_COLOR") !== undefined;
  return (name, id) => (isPlain ? name : `${ESCAPE}1;${colourOf(id)}m${name}${ESCAPE}0m`);
}

function colourOf(id: string): number {
  let sum = 0;
  for (const sign of id) sum += sign.codePointAt(0) ?? 0;
  return COLOURS[sum % COLOURS.length] ?? 0;
}
