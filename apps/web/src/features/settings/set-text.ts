import { settingLine, type SetFrame } from "@parley/protocol";

/** What somebody set, as plain text. */
export function setText({ payload: { from, key, value } }: SetFrame): string {
  const said = settingLine(key, value).map((part) => {
    if (typeof part === "string") return part;
    return "text" in part ? part.text : "a message";
  });
  return `${from.name} ${said.join("")}`;
}
