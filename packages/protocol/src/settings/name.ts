import { ROOM_NAME_CHARS_MAX } from "../limits.ts";
import type { SettingDefinition, SettingLine } from "./definition.ts";
import { textValue } from "./text-value.ts";

/** The name of the room. */
export const name = {
  kind: "name",
  value: /* @__PURE__ */ textValue(ROOM_NAME_CHARS_MAX),
  setBy: "everybody",
  visibleTo: "everybody",
} as const satisfies SettingDefinition;

export const nameLine: SettingLine = (value) =>
  typeof value === "string" ? ["named the room ", { text: value }] : ["removed the room’s name"];
