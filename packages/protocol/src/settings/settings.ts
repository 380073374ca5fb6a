import * as v from "valibot";
import { SETTING_BYTES_MAX } from "../limits.ts";
import type { SettingDefinition } from "./definition.ts";
import { name } from "./name.ts";
import { pin } from "./pin.ts";
import { topic } from "./topic.ts";

/** Every kind of setting. */
export const settingDefinitions: readonly SettingDefinition[] = [name, topic, pin];

const utf8 = new TextEncoder();

/** The definition of the setting that a key names; undefined for an unknown key. */
function settingOf(key: string): SettingDefinition | undefined {
  return settingDefinitions.find(({ kind, subject }) =>
    subject ? key.startsWith(`${kind}:`) && subject.test(key.slice(kind.length + 1)) : key === kind,
  );
}

/**
 * Validates a setting.
 * @param value JSON; null removes the setting
 * @returns the value as it is stored, or the code of the refusal
 */
export function readSetting(
  key: string,
  value: unknown,
): { readonly value: unknown } | "bad_setting" | "setting_too_large" {
  const definition = settingOf(key);
  if (!definition) return "bad_setting";
  if (value === null) return { value };
  if (utf8.encode(JSON.stringify(value)).length > SETTING_BYTES_MAX) return "setting_too_large";
  const read = v.safeParse(definition.value, value, { abortEarly: true });
  return read.success ? { value: read.output } : "bad_setting";
}
