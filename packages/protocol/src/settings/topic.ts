import { TOPIC_CHARS_MAX } from "../limits.ts";
import type { SettingDefinition, SettingLine } from "./definition.ts";
import { textValue } from "./text-value.ts";

/** The topic of the room. */
export const topic = {
  kind: "topic",
  value: /* @__PURE__ */ textValue(TOPIC_CHARS_MAX),
  setBy: "everybody",
  visibleTo: "everybody",
} as const satisfies SettingDefinition;

export const topicLine: SettingLine = (value) =>
  typeof value === "string" ? ["set the topic to ", { text: value }] : ["removed the topic"];
