import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { downShapes } from "../down.ts";
import { upPayloads } from "../up.ts";
import type { EntryDefinition } from "./definition.ts";
import { entryFields } from "./envelope.ts";
import { definitionOfKind, definitions, entryShapes, isEntryRequest } from "./kinds.ts";

const all = Object.entries<EntryDefinition>(definitions);

/** The field names of a schema. */
function fieldsOf(schema: unknown): string[] {
  return Object.keys((schema as { readonly entries: object }).entries);
}

describe.each(all)("%s", (asked, { kind, request, entry, content, target, condition }) => {
  it("is listed with its request, and with its entry under its kind", () => {
    expect(upPayloads).toHaveProperty(asked, request);
    expect(downShapes).toHaveProperty(kind, entry);
    expect(isEntryRequest({ type: asked })).toBe(true);
    expect(definitionOfKind(kind as keyof typeof entryShapes)).toBe(Object.fromEntries(all)[asked]);
  });

  it("[D3] counts as content all that its author sends but the frame's names and its condition", () => {
    const sent = fieldsOf(request).filter((field) => !["id", "ref", condition].includes(field));
    expect(content.toSorted()).toEqual(sent.toSorted());
  });

  it("has the envelope, its content, and the seq of its target", () => {
    const fields = [...Object.keys(entryFields), ...content, ...(target ? [target.seqField] : [])];
    expect(Object.keys(entry).toSorted()).toEqual(fields.toSorted());
    if (target) expect(content).toContain(target.field);
  });

  it("may have an id and a ref, and needs neither", () => {
    const { entries } = request as unknown as { entries: Record<string, v.GenericSchema> };
    for (const name of ["id", "ref"]) {
      const schema = entries[name];
      if (!schema) throw new Error(`It has no ${name}.`);
      expect(v.is(schema, undefined)).toBe(true);
      expect(v.is(schema, "a-1")).toBe(true);
    }
  });
});

it("lists every kind that is read, once", () => {
  const kinds = all.map(([, { kind }]) => kind);
  expect(kinds.toSorted()).toEqual(Object.keys(entryShapes).toSorted());
});

it("does not count types without a place in the log as kinds", () => {
  for (const type of ["join", "typing", "constructor"])
    expect(isEntryRequest({ type })).toBe(false);
});
