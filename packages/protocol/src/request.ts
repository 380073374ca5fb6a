import * as v from "valibot";
import { Ref } from "./ids.ts";

/** What every frame from a client may carry beside its own fields. */
export const requestFields = { ref: v.optional(Ref) };

/** What an answer to a frame repeats. */
export const answerFields = { ref: v.optional(v.string()) };

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
