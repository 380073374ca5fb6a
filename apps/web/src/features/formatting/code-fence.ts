import type { Read } from "./reading.ts";

/** Three backticks or more at the start of a line, with at most words behind them. */
const FENCE = /^ {0,3}(`{3,})([^`]*)$/;
/** What can be the name of a language: one word. */
const LANGUAGE = /^\s*([\w#+.-]{1,20})\s*$/;

/**
 * Reads code between fences. The closing fence may stand at the end of the last line of code; where
 * there is none, the code goes on to the end. A first line that is no language is code, too.
 */
export function readCodeBlock(lines: readonly string[], from: number): Read | undefined {
  const fence = FENCE.exec(lines[from] ?? "");
  if (!fence) return undefined;
  const [, ticks = "", beside = ""] = fence;
  const language = LANGUAGE.exec(beside)?.[1]?.toLowerCase();
  const code = language === undefined && beside.trim() !== "" ? [beside] : [];

  let next = from + 1;
  let isOpen = true;
  while (isOpen && next < lines.length) {
    const line = lines[next] ?? "";
    const last = beforeFence(line, ticks.length);
    if (last === undefined) code.push(line);
    else if (last.trim() !== "") code.push(last);
    isOpen = last === undefined;
    next += 1;
  }
  const text = code.join("\n");
  if (text.trim() === "") return undefined;
  return {
    block: { is: "code-block", text, ...(language === undefined ? {} : { language }) },
    next,
  };
}

/** What stands before a closing fence at the end of a line; undefined where there is none. */
function beforeFence(line: string, ticks: number): string | undefined {
  const end = line.trimEnd();
  let from = end.length;
  while (end.charAt(from - 1) === "`") from -= 1;
  return end.length - from < ticks ? undefined : end.slice(0, from);
}
