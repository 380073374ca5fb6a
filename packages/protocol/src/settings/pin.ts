import * as v from "valibot";
import type { SettingDefinition, SettingLine } from "./definition.ts";

/** A message that everybody finds at the top. The subject is its `seq`. */
export const pin = {
  kind: "pin",
  subject: /^[1-9]\d{0,14}$/,
  value: /* @__PURE__ */ v.literal(true, "bad_setting"),
  setBy: "everybody",
  visibleTo: "everybody",
} as const satisfies SettingDefinition;

export const pinLine: SettingLine = (value, subject) => [
  value === null ? "unpinned " : "pinned ",
  { message: Number(subject) },
];

/** The key that pins the message with this `seq`. */
export function pinOf(seq: number): string {
  return `pin:${seq}`;
}

/** The `seq` of the message that a key pins; undefined for any other setting. */
export function pinnedBy(key: string): number | undefined {
  return key.startsWith("pin:") ? Number(key.slice(4)) : undefined;
}
