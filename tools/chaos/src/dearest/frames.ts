import { FRAME_BYTES_MAX, upPayloads } from "@parley/protocol";
import fc from "fast-check";

/** Space in a frame for what surrounds a field, in bytes. */
const AROUND_BYTES = 200;

const FIELDS = [
  "roomId",
  "name",
  "token",
  "since",
  "epoch",
  "seq",
  "id",
  "message",
  "target",
  "replyTo",
  "emoji",
  "on",
  "before",
  "after",
  "limit",
];

/** Characters that are expensive to normalise, to split, to scan or to escape. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...'\u0300|\u0316|\u0300\u0316|a\u0300|\u1100\u1161|\ufb2c|\u{1d160}|\u202e|\u200d|\ufe0f|\u{1f3fd}|👍🏽|👩‍❤️‍💋‍👨|🇳|🏴󠁧| |\n|\u3000|\u2800|\\|"|\u0001|\ud800|é|€|a|A|-|:|0|1'.split(
      "|",
    ),
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
);

/** A repeated text, up to all that a frame may contain. */
const filling = fc
  .tuple(
    fc.array(pieces, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
    fc.oneof(fc.constantFrom(32, 64, 256, 4_000, 8_192, FRAME_BYTES_MAX), fc.nat(FRAME_BYTES_MAX)),
    fc.constantFrom("", "a", "1"),
  )
  .map(([piece, bytes, before]) => before + repeated(piece, bytes));

/** Numbers, structure and texts of every kind. */
const value = fc.oneof(
  { weight: 6, arbitrary: filling },
  fc.constantFrom<unknown>("1", "lobby", "m1", true, 0, 1, 200, 1e308, null),
  fc.nat(400).map((count) => Array.from({ length: count }, (_, at) => ({ [`k${at}`]: at }))),
  fc.jsonValue({ maxDepth: 8 }),
);

const meant = fc
  .tuple(
    fc.constantFrom(...Object.keys(upPayloads)),
    fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 5 }),
    fc.boolean(),
  )
  .map(([type, payload, complete]) =>
    JSON.stringify({
      type,
      payload: complete
        ? {
            roomId: "lobby",
            target: "m1",
            message: "a",
            emoji: "👍",
            name: "Ada",
            on: true,
            ...payload,
          }
        : payload,
    }),
  );

/** Texts that are no frame, or almost one. */
const strange = fc
  .tuple(
    fc.constantFrom("", '{"type":"chat","payload":', '{"type":"chat","payload":{"x":'),
    fc.constantFrom(
      "[",
      "{",
      '{"a":',
      '{"a":[',
      "[],",
      "{},",
      '"a":0,',
      "0,",
      "1e308,",
      "-",
      '"\\u0041',
      '"',
    ),
  )
  .map(([before, piece]) => before + repeated(piece, FRAME_BYTES_MAX));

/** The text of a frame, up to the largest size. */
export const frames = fc
  .oneof({ weight: 4, arbitrary: meant }, strange)
  .filter((text) => Buffer.byteLength(text) <= FRAME_BYTES_MAX);

function repeated(piece: string, bytes: number): string {
  const most = Math.min(bytes, FRAME_BYTES_MAX - AROUND_BYTES);
  return piece.repeat(Math.floor(most / Buffer.byteLength(JSON.stringify(piece).slice(1, -1))));
}
