import * as v from "valibot";
import { downShapes, type DownFrame, type DownType } from "./down.ts";
import { isEntryId } from "./ids.ts";
import { shapeOf } from "./json-shape.ts";
import { JSON_DEPTH_MAX, JSON_PARTS_MAX, QUOTED_CHARS_MAX } from "./limits.ts";
import { isObject, readersOf, readUnknown } from "./reader.ts";
import { isRefusalCode, refusal, type Refusal } from "./refusal.ts";
import { upPayloads, type UpFrame, type UpType } from "./up.ts";

/** A frame from a client, or why there is none. */
export type DecodedUp =
  | { readonly ok: true; readonly frame: UpFrame }
  | { readonly ok: false; readonly refusal: Refusal };

/** A frame from a server; there is none in a text that a client skips. */
export type DecodedDown = { readonly ok: true; readonly frame: DownFrame } | { readonly ok: false };

/**
 * Reads a frame from a client. Unknown fields are dropped; text is taken as it is. It never throws.
 * @param text the text of one WebSocket frame
 */
export function decodeUp(text: string): DecodedUp {
  const { depth, parts } = shapeOf(text);
  const isDeep = depth > JSON_DEPTH_MAX;
  // Nothing is built from what is larger than any frame.
  if (parts > JSON_PARTS_MAX) {
    return refuse(isDeep ? refusal("too_deep") : refusal("bad_frame", undefined, TOO_MANY_PARTS));
  }
  const parsed = parseFrame(text);
  if (typeof parsed === "string") return refuse(refusal(parsed));
  const { type, payload } = parsed;
  const ref = readableRef(payload);
  if (isDeep) return refuse(refusal("too_deep", ref));
  if (!Object.hasOwn(upPayloads, type)) return refuse(refusal("unknown_type", ref));
  const schema: v.GenericSchema = upPayloads[type as UpType];
  const read = v.safeParse(schema, payload, { abortEarly: true });
  if (!read.success) return refuse(explain(read.issues[0], ref));
  return { ok: true, frame: { type, payload: read.output } as UpFrame };
}

const payloadReaders = /* @__PURE__ */ readersOf(downShapes);

/**
 * Reads a frame from a server. A frame of an unknown type that has the fields of an entry is an
 * `UnknownEntry` (SPEC O5); any other is skipped. It never throws.
 * @param text the text of one WebSocket frame
 */
export function decodeDown(text: string): DecodedDown {
  const parsed = shapeOf(text).depth > JSON_DEPTH_MAX ? "too_deep" : parseFrame(text);
  if (typeof parsed === "string") return { ok: false };
  const { type, payload } = parsed;
  if (!Object.hasOwn(payloadReaders, type)) {
    const frame = readUnknown(type, payload);
    return frame ? { ok: true, frame } : { ok: false };
  }
  const read = payloadReaders[type as DownType](payload);
  return read ? { ok: true, frame: { type, payload: read } as DownFrame } : { ok: false };
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

interface ParsedFrame {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The two parts of a frame, or why it has not both. */
function parseFrame(text: string): ParsedFrame | "bad_json" | "bad_frame" {
  let json: unknown;
  try {
    json = JSON.parse(text);
    // oxlint-disable-next-line house/no-bare-catch -- JSON.parse throws nothing else
  } catch {
    return "bad_json";
  }
  if (!isObject(json) || typeof json["type"] !== "string") return "bad_frame";
  const payload = json["payload"] ?? {};
  return isObject(payload) ? { type: json["type"], payload } : "bad_frame";
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

function refuse(why: Refusal): DecodedUp {
  return { ok: false, refusal: why };
}

function readableRef({ ref, id }: ParsedFrame["payload"]): string | undefined {
  return [ref, id].find(isEntryId);
}
