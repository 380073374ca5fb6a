import type { Draft, Range } from "@parley/server/log";
import fc from "fast-check";

/** Few rooms, members, ids and texts, so that ids repeat and conflict often. */
export const ROOMS = ["lobby", "kitchen"] as const;

export interface Write {
  readonly roomId: string;
  readonly draft: Draft;
}

const author = fc.constantFrom("anna", "ben");
const id = fc.integer({ min: 1, max: 12 }).map((n) => `id-${n}`);
export const roomId = fc.constantFrom(...ROOMS);

const draft: fc.Arbitrary<Draft> = fc
  .record({ id, author, at: fc.integer({ min: 0, max: 100 }), text: fc.constantFrom("a", "b") })
  .chain(({ id, author, at, text }) => {
    const said = { id, at, from: { id: author, name: author.toUpperCase() } };
    return fc.constantFrom<Draft>(
      { type: "chat", payload: { message: text, ...said } },
      { type: "chat", payload: { message: text, replyTo: "id-1", replyToSeq: 1, ...said } },
      { type: "deleted", payload: { target: "id-1", targetSeq: 1, ...said } },
    );
  });

/** Entries that are written at once. */
export const writes = fc.array(fc.record({ roomId, draft }), { minLength: 1, maxLength: 6 });

const seq = fc.integer({ min: 0, max: 40 });
const limit = fc.integer({ min: 1, max: 30 });

export const range: fc.Arbitrary<Range> = fc.oneof(
  fc.record({ after: seq, limit }),
  fc.record({ before: seq, limit }),
  fc.record({ limit }),
);

export const target = fc.record({ id, author: fc.option(author, { nil: undefined }) });

/** What is kept when a room is trimmed; `limit` is the most that one step deletes. */
export const trimming = fc.record({
  keep: fc.integer({ min: 0, max: 20 }),
  since: fc.integer({ min: 0, max: 100 }),
  limit: fc.integer({ min: 1, max: 15 }),
});
