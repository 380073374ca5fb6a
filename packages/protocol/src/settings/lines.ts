import type { LinePart, SettingLine } from "./definition.ts";
import { nameLine } from "./name.ts";
import { pinLine } from "./pin.ts";
import { topicLine } from "./topic.ts";

/** Apart from the definitions, whose schemas a reader does not load. */
const lines: Readonly<Record<string, SettingLine>> = {
  name: nameLine,
  topic: topicLine,
  pin: pinLine,
};

/**
 * What the line of a setting says after the name of who set it: `["named the room ", {text: "…"}]`.
 * Of a key that only a newer version knows, it says no more than that something was set.
 */
export function settingLine(key: string, value: unknown): readonly LinePart[] {
  const [kind = "", subject = ""] = key.split(":", 2);
  const line = Object.hasOwn(lines, kind) ? lines[kind] : undefined;
  return line ? line(value, subject) : ["changed a setting of the room"];
}
