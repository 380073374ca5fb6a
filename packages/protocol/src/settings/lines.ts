import type { LinePart, SettingLine } from "./definition.ts";
import { nameLine } from "./name.ts";
import { pinLine } from "./pin.ts";
import { topicLine } from "./topic.ts";

/** Apart from the definitions, because a reader does not load their schemas. */
const lines: Readonly<Record<string, SettingLine>> = {
  name: nameLine,
  topic: topicLine,
  pin: pinLine,
};

/**
 * What the line of a setting says after the author's name: `["named the room ", {text: "…"}]`. For
 * an unknown key it says only that a setting changed.
 */
export function settingLine(key: string, value: unknown): readonly LinePart[] {
  const [kind = "", subject = ""] = key.split(":", 2);
  const line = Object.hasOwn(lines, kind) ? lines[kind] : undefined;
  return line ? line(value, subject) : ["changed a setting of the room"];
}
