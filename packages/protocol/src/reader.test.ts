import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { decodeDown } from "./codec.ts";
import { downPayloads, UnknownEntry } from "./down-schemas.ts";
import { downShapes, type DownType } from "./down.ts";
import { entryFields } from "./entries/envelope.ts";
import { entryShapes } from "./entries/kinds.ts";
import { fileShape } from "./file-shape.ts";
import { memberShape } from "./member.ts";
import { partsOf, type Field, type FieldName, type Shape } from "./shape.ts";

const json = fc.jsonValue({ maxDepth: 3 });

/** Any value, and values that are almost of a type. */
const wild = fc.oneof(
  json,
  fc.constantFrom(null, undefined, true, false, 0, -1, 0.5, 2 ** 53, "", "a b", [], {}),
  fc.constantFrom("a".repeat(64), "a".repeat(65), 2 ** 53 - 1, "set", { id: "a", name: "Ada" }),
);

const held: Readonly<Record<FieldName, fc.Arbitrary<unknown>>> = {
  text: fc.string(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  flag: fc.boolean(),
  true: fc.constant(true),
  json,
  id: fc.constantFrom("m1", "a.b:c-d_e", "x".repeat(64)),
  seq: fc.nat(),
  member: payloadOf(memberShape),
  file: payloadOf(fileShape),
  set: frameOf("set"),
  entry: fc.oneof(...[...Object.keys(entryShapes), "later"].map(frameOf)),
};

function fieldOf(field: Field): fc.Arbitrary<unknown> {
  const { held: name, isList, isOptional } = partsOf(field);
  // Looked up late, because members, entries and their containers refer to each other.
  const one = fc.constant(name).chain((name) => held[name]);
  const value = isList ? fc.array(one, { maxLength: 3 }) : one;
  return isOptional ? fc.option(value, { nil: undefined }) : value;
}

/** A payload of this shape. One in ten has a wrong or missing field; some have extra fields. */
function payloadOf(shape: Shape): fc.Arbitrary<object> {
  const names = Object.keys(shape);
  const fields = Object.entries(shape).map(([name, field]) => [name, fieldOf(field)]);
  const whole = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>);
  const more = fc.dictionary(fc.constantFrom("extra", "toString", "value"), wild, { maxKeys: 1 });
  const wrong = fc.dictionary(fc.constantFrom("extra", ...names), wild, { minKeys: 1, maxKeys: 1 });
  const spoilt = fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: wrong },
  );
  return fc.tuple(more, whole, spoilt).map((parts) => Object.assign({}, ...parts) as object);
}

function frameOf(type: string): fc.Arbitrary<{ type: string; payload: object }> {
  return payloadOf(shapeNamed(type) ?? entryFields).map((payload) => ({ type, payload }));
}

function shapeNamed(type: string): Shape | undefined {
  return Object.hasOwn(downShapes, type) ? downShapes[type as DownType] : undefined;
}

/** What the schemas make of the text of a frame. */
function asSchemasSay(text: string): unknown {
  const frame = JSON.parse(text) as { type: string; payload: object };
  const { type, payload } = frame;
  if (!shapeNamed(type)) {
    const read = v.safeParse(UnknownEntry, frame);
    return read.success ? { ok: true, frame: read.output } : { ok: false };
  }
  const read = v.safeParse(downPayloads[type as DownType], payload);
  return read.success ? { ok: true, frame: { type, payload: read.output } } : { ok: false };
}

describe.each([...Object.keys(downShapes), "later", "constructor"])(
  "a frame of type %s",
  (type) => {
    it("is read or refused as its schema says", () => {
      const seen = new Set<boolean>();
      const check = ({ payload }: { payload: object }) => {
        const text = JSON.stringify({ type, payload });
        const decoded = decodeDown(text);
        expect(decoded).toEqual(asSchemasSay(text));
        seen.add(decoded.ok);
      };
      fc.assert(fc.property(frameOf(type), check), { numRuns: 300 });
      fc.assert(fc.property(fc.dictionary(fc.string(), json), (payload) => check({ payload })));
      expect(seen).toContain(true);
    });

    // `ping` has no required field.
    it("is refused without a required field", () => {
      fc.assert(
        fc.property(frameOf(type), fc.nat(), ({ payload }, nth) => {
          const needed = Object.entries(shapeNamed(type) ?? entryFields).filter(
            ([, field]) => !partsOf(field).isOptional,
          );
          if (needed.length === 0) return;
          const [name = ""] = needed[nth % needed.length] ?? [];
          const text = JSON.stringify({ type, payload: { ...payload, [name]: undefined } });
          expect(decodeDown(text)).toEqual({ ok: false });
        }),
      );
    });
  },
);
