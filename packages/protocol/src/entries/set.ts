import * as v from "valibot";
import { EntryId, Seq } from "../ids.ts";
import { SETTING_KEY_CHARS_MAX } from "../limits.ts";
import { requestOf } from "../request.ts";
import { readSetting } from "../settings/settings.ts";
import type { Shape } from "../shape.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";

/** A setting of the room has this value from here on; `null` removes it. */
export const SetEntry = {
  key: "text",
  value: "json",
  ...entryFields,
} as const satisfies Shape;

/** Give a setting of the room a value. `expect` is the `seq` that its key has now, 0 for unset. */
export const set = {
  kind: "set",
  request: /* @__PURE__ */ aRequest(),
  entry: SetEntry,
  content: ["key", "value"],
  condition: "expect",
  rate: "messages",
} as const satisfies EntryDefinition;

function aRequest() {
  const fields = requestOf({
    key: v.pipe(v.string("bad_setting"), v.maxLength(SETTING_KEY_CHARS_MAX, "bad_setting")),
    value: v.unknown(),
    id: v.optional(EntryId),
    expect: v.optional(Seq),
  });
  return v.pipe(
    fields,
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const { key, value } = dataset.value;
      const read = readSetting(key, value);
      if (typeof read === "object") return { ...dataset.value, value: read.value };
      addIssue({ message: read });
      return NEVER;
    }),
  );
}
