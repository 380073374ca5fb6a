import * as v from "valibot";
import { downShapes, type DownFrame, type DownType } from "./down.ts";
import { isEntryId } from "./ids.ts";
import { shapeOf } from "./json-shape.ts";
import { JSON_DEPTH_MAX, JSON_PARTS_MAX, QUOTED_CHARS_MAX } from "./limits.ts";
import { isObject, readersOf, readUnknown } from "./reader.ts";
import { isRefusalCode, refusal, type Refusal } from "./refusal.ts";
import { upPayloads, type UpFrame, type UpType } from "./up.ts";

/** The result of decoding a frame from a client: the frame, or the refusal to answer with. */
export type DecodedUp =
  | { readonly ok: true; readonly frame: UpFrame }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** It belongs to the conversation with this member. */
      readonly with?: string;
    };

/** The result of decoding a frame from a server. `ok: false`: the client skips the text. */
export type DecodedDown = { readonly ok: true; readonly frame: DownFrame } | { readonly ok: false };

/**
 * Decodes a frame from a client and validates it. Unknown fields are dropped. Never throws.
 * @param text the text of one WebSocket frame
 */
export function decodeUp(text: string): DecodedUp {
  const { depth, parts } = shapeOf(text);
  const isDeep = depth > JSON_DEPTH_MAX;
  // Count before parsing, so that an oversized structure is never built.
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
  if (!read.success) {
    const refused = refuse(explain(read.issues[0], ref));
    return type === "private" && isEntryId(payload["with"])
      ? { ...refused, with: payload["with"] }
      : refused;
  }
  return { ok: true, frame: { type, payload: read.output } as UpFrame };
}

const payloadReaders = /* @__PURE__ */ readersOf(downShapes);

/**
 * Decodes a frame from a server. A frame of an unknown type that has the fields of an entry becomes
 * an `UnknownEntry` (SPEC O5); any other unknown frame is skipped. Never throws.
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

/** Encodes a frame as the text of one WebSocket frame. */
export function encode(frame: UpFrame | DownFrame): string {
  return JSON.stringify(frame);
}

/** Wraps a refusal in an `error` frame. */
export function errorFrame(why: Refusal): DownFrame {
  return { type: "error", payload: why };
}

const TOO_MANY_PARTS = `A frame has at most ${JSON_PARTS_MAX} objects, arrays and fields.`;

interface ParsedFrame {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Splits a text into `type` and `payload`, or says why it cannot. */
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

/** A failed check may carry a refusal code as its message; any other failure is a `bad_payload`. */
function explain(issue: v.BaseIssue<unknown>, ref: string | undefined): Refusal {
  if (isRefusalCode(issue.message)) return refusal(issue.message, ref);
  const field = v.getDotPath(issue);
  const message = shortened(issue.message);
  if (!field) return refusal("bad_payload", ref, message);
  const wrong = issue.received === "undefined" ? "is missing." : `is wrong: ${message}.`;
  return refusal("bad_payload", ref, `Field "${field}" ${wrong}`);
}

/** Valibot quotes the whole input, which may be long. */
function shortened(message: string): string {
  if (message.length <= QUOTED_CHARS_MAX) return message;
  return `${message.slice(0, QUOTED_CHARS_MAX - 1).toWellFormed()}…`;
}

function refuse(why: Refusal) {
  return { ok: false, refusal: why } as const;
}

function readableRef({ ref, id, frame }: ParsedFrame["payload"]): string | undefined {
  const inner = isObject(frame) && isObject(frame["payload"]) ? frame["payload"] : {};
  return [ref, id, inner["ref"], inner["id"]].find(isEntryId);
}
