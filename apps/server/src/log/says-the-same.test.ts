import { definitionOfKind } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { everyKind } from "../../test/log-contract/entries.ts";
import { numbered, saysTheSame, type Draft } from "./log.ts";

/** Another value of the same sort. */
function other(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value}!` : "something";
}

describe.each(everyKind().map((draft) => [draft.type, draft] as const))("%s", (type, draft) => {
  const entry = numbered(draft, 7);
  const withField = (field: string, value: unknown) =>
    ({ type, payload: { ...draft.payload, [field]: value } }) as Draft;

  it("[D3] says another thing if any field of its content is another one", () => {
    if (type === "rang") throw new Error("A room has no such entry.");
    for (const field of definitionOfKind(type).content) {
      const value = (draft.payload as Record<string, unknown>)[field];
      expect(saysTheSame(entry, withField(field, value)), field).toBe(true);
      expect(saysTheSame(entry, withField(field, other(value))), field).toBe(false);
      expect(saysTheSame(entry, withField(field, { nested: [value] })), field).toBe(false);
    }
  });

  it("[D2] compares what the author sent, not what the server adds", () => {
    expect(saysTheSame(entry, draft)).toBe(true);
    for (const field of ["at", "targetSeq", "replyToSeq"]) {
      expect(saysTheSame(entry, withField(field, 99)), field).toBe(true);
    }
  });

  it("[D3] is no entry of another kind, even one whose content reads the same", () => {
    const contentOf = (kind: Draft["type"]) =>
      kind === "rang" ? [] : [...definitionOfKind(kind).content];
    const values = contentOf(type).map(
      (field) => (draft.payload as Record<string, unknown>)[field],
    );
    const alike = everyKind()
      .filter((each) => each.type !== type)
      .map((each) => {
        const content = contentOf(each.type).map((field, place) => [field, values[place]] as const);
        const payload = { ...each.payload, ...draft.payload, ...Object.fromEntries(content) };
        return { ...each, payload } as Draft;
      });
    expect(alike.filter((each) => saysTheSame(entry, each))).toEqual([]);
  });
});
