import * as v from "valibot";
import { isEntryId } from "./ids.ts";
import type { Shape } from "./shape.ts";

/** A client's own name for a frame; the answers repeat it. */
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
 * The schema of a payload from a client: its own fields, and those that every such frame may have.
 * A call instead of spread fields: bundlers drop an unused call.
 */
/* @__NO_SIDE_EFFECTS__ */
export function requestOf<const Fields extends v.ObjectEntries>(
  fields: Fields,
): v.ObjectSchema<{ readonly ref: typeof Ref } & Fields, undefined> {
  return v.object({ ref: Ref, ...fields });
}

/** The field that an answer repeats. */
export const answerFields = { ref: "text?" } as const satisfies Shape;

/** A frame that an answer can refer to. */
interface Request {
  readonly payload: {
    readonly ref?: string | undefined;
    readonly id?: string | undefined;
    /** In a conversation: the inner frame, whose name is used if this one has none. */
    readonly frame?: Request;
  };
}

/** The name by which a refusal refers to a frame: its `ref`, or else its `id`. */
export function refOf({ payload }: Request): string | undefined {
  return payload.ref ?? payload.id ?? (payload.frame && refOf(payload.frame));
}

/** The frame as the answer to a request with this `ref`. */
export function answering<Frame extends { readonly payload: object }>(
  frame: Frame,
  ref: string | undefined,
): Frame {
  return ref === undefined ? frame : { ...frame, payload: { ...frame.payload, ref } };
}
