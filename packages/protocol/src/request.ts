import * as v from "valibot";
import { isEntryId } from "./ids.ts";
import type { Shape } from "./shape.ts";

/** A client's own name for a frame, which the answers to it repeat. */
const Ref = /* @__PURE__ */ aName();

function aName() {
  return v.optional(
    v.pipe(
      v.string("bad_ref"),
      v.check((name) => isEntryId(name), "bad_ref"),
    ),
  );
}

/**
 * The payload of a frame from a client: its own fields, and what every such frame may carry.
 * As a call, unlike fields that are spread, it is left out of a build that only reads frames.
 */
/* @__NO_SIDE_EFFECTS__ */
export function requestOf<const Fields extends v.ObjectEntries>(
  fields: Fields,
): v.ObjectSchema<{ readonly ref: typeof Ref } & Fields, undefined> {
  return v.object({ ref: Ref, ...fields });
}

/** What an answer to a frame repeats. */
export const answerFields = { ref: "text?" } as const satisfies Shape;

/** A frame that may be named by those who answer it. */
interface Request {
  readonly payload: { readonly ref?: string | undefined; readonly id?: string | undefined };
}

/** How a refusal names a frame: by its `ref`, or, where it has none, by its `id`. */
export function refOf({ payload }: Request): string | undefined {
  return payload.ref ?? payload.id;
}

/** The frame as the answer to one that had this `ref`. */
export function answering<Frame extends { readonly payload: object }>(
  frame: Frame,
  ref: string | undefined,
): Frame {
  return ref === undefined ? frame : { ...frame, payload: { ...frame.payload, ref } };
}
