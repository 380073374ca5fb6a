import * as v from "valibot";
import { downPayloads, type DownFrame, type DownType } from "./down.ts";
import { UnknownEntry } from "./entries/entry-frame.ts";
import { isRef } from "./ids.ts";
import { shapeOf } from "./json-shape.ts";
import { JSON_DEPTH_MAX, JSON_PARTS_MAX, QUOTED_CHARS_MAX } from "./limits.ts";
import { isRefusalCode, refusal, type Refusal } from "./refusal.ts";
import { upPayloads, type UpFrame, type UpType } from "./up.ts";

/** What a decoder gives: a frame, or why there is none. It never throws. */
export type Decoded<Frame> =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads a frame from a client. Unknown fields are dropped; text is taken as it is.
 * @param text the text of one WebSocket frame
 */
export function decodeUp(text: string): Decoded<UpFrame> {
  return decode<UpFrame>(text, JSON_PARTS_MAX, (type) =>
    Object.hasOwn(upPayloads, type) ? upPayloads[type as UpType] : undefined,
  );
}

/**
 * Reads a frame from a server. A frame of an unknown type that has the fields of an entry is an
 * {@link UnknownEntry} (SPEC O5); a client skips any other (`unknown_type`).
 * @param text the text of one WebSocket frame
 */
export function decodeDown(text: string): Decoded<DownFrame> {
  return decode<DownFrame>(
    text,
    Number.POSITIVE_INFINITY,
    (type) => (Object.hasOwn(downPayloads, type) ? downPayloads[type as DownType] : undefined),
    (frame) => {
      const read = v.safeParse(UnknownEntry, frame);
      return read.success ? read.output : undefined;
    },
  );
}

/** Writes a frame as the text of one WebSocket frame. */
export function encode(frame: UpFrame | DownFrame): string {
  return JSON.stringify(frame);
}

/** Wraps a refusal as the frame that tells of it. */
export function errorFrame(why: Refusal): DownFrame {
  return { type: "error", payload: why };
}

const TOO_MANY_PARTS = `A frame has at most ${JSON_PARTS_MAX} objects, arrays and fields.`;

type PayloadSchema = v.GenericSchema<unknown, unknown>;

function decode<Frame>(
  text: string,
  partsMax: number,
  schemaOf: (type: string) => PayloadSchema | undefined,
  unknown: (frame: object) => Frame | undefined = () => undefined,
): Decoded<Frame> {
  const { depth, parts } = shapeOf(text);
  const isDeep = depth > JSON_DEPTH_MAX;
  // Nothing is built from what is larger than any frame.
  if (parts > partsMax) {
    return refuse(isDeep ? refusal("too_deep") : refusal("bad_frame", undefined, TOO_MANY_PARTS));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse(refusal("bad_json"));
  }
  if (!isRecord(json) || typeof json["type"] !== "string") return refuse(refusal("bad_frame"));
  const type = json["type"];
  const payload = json["payload"] ?? {};
  if (!isRecord(payload)) return refuse(refusal("bad_frame"));
  if (isDeep) return refuse(refusal("too_deep", readableRef(payload)));
  const schema = schemaOf(type);
  if (!schema) {
    const frame = unknown({ type, payload });
    return frame ? { ok: true, frame } : refuse(refusal("unknown_type", readableRef(payload)));
  }
  const parsed = v.safeParse(schema, payload, { abortEarly: true });
  if (!parsed.success) return refuse(explain(parsed.issues[0], readableRef(payload)));
  return { ok: true, frame: { type, payload: parsed.output } as Frame };
}

/** A failed check carries a refusal code as its message; any other failure is a `bad_payload`. */
function explain(issue: v.BaseIssue<unknown>, ref: string | undefined): Refusal {
  if (isRefusalCode(issue.message)) return refusal(issue.message, ref);
  const field = v.getDotPath(issue);
  const message = shortened(issue.message);
  if (!field) return refusal("bad_payload", ref, message);
  const wrong = issue.received === "undefined" ? "is missing." : `is wrong: ${message}.`;
  return refusal("bad_payload", ref, `Field "${field}" ${wrong}`);
}

/** The library quotes what it was given, however long that is. */
function shortened(message: string): string {
  if (message.length <= QUOTED_CHARS_MAX) return message;
  return `${message.slice(0, QUOTED_CHARS_MAX - 1).toWellFormed()}…`;
}

function refuse<Frame>(why: Refusal): Decoded<Frame> {
  return { ok: false, refusal: why };
}

function readableRef({ ref, id }: Record<string, unknown>): string | undefined {
  return [ref, id].find(isRef);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
