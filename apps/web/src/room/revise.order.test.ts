import type { EntryFrame } from "@parley/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { applyEvents } from "./apply-events.ts";
import { ada, ben, chat, deleted, edited, reacted } from "./entries-for-tests.ts";
import { partEntries } from "./message.ts";
import { loadOlder } from "./history.ts";
import { revise } from "./revise.ts";
import { createRoomStore } from "./store.ts";

/** A log of messages, and of changes to earlier ones, some of them by the wrong member. */
const logs = fc
  .array(
    fc.record({
      kind: fc.constantFrom("chat", "chat", "edit", "delete", "react", "react"),
      target: fc.nat(),
      by: fc.constantFrom(ada, ben),
      emoji: fc.constantFrom("👍", "🎉"),
      on: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const entries: EntryFrame[] = [];
    const chats: number[] = [];
    for (const { kind, target, by, emoji, on } of steps) {
      const seq = entries.length + 1;
      const at = chats[target % chats.length];
      if (kind === "chat" || at === undefined) {
        chats.push(seq);
        entries.push(chat(seq, { from: by }));
      } else if (kind === "edit") entries.push(as(by, edited(seq, at, `text ${seq}`)));
      else if (kind === "delete") entries.push(as(by, deleted(seq, at)));
      else entries.push(reacted(seq, at, emoji, on, by));
    }
    return entries;
  });

/** How the log arrives: where the window begins and ends, and how long the pages before it are. */
const arrivals = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  pages: fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
  /** For each further step: whether it is an older page, or the next live entries. */
  older: fc.infiniteStream(fc.boolean()),
});

it("[O2] reads the same for any pages in any order", async () => {
  await fc.assert(
    fc.asyncProperty(logs, arrivals, async (log, { from, to, pages, older }) => {
      const { batch, revisions } = partEntries(log);
      expect(await arrived(log, from, to, pages, older)).toEqual(revise(batch, revisions));
    }),
    { numRuns: 200 },
  );
});

async function arrived(
  log: readonly EntryFrame[],
  from: number,
  to: number,
  pages: Iterator<number>,
  older: Iterator<boolean>,
) {
  const store = createRoomStore(0);
  let first = from % log.length;
  let last = first + (to % (log.length - first)) + 1;
  const take = () => pages.next().value as number;
  applyEvents(store, [{ type: "window", why: "first", entries: log.slice(first, last) }], 0);
  while (first > 0 || last < log.length) {
    if (first > 0 && (last === log.length || older.next().value)) {
      const before = first;
      first = Math.max(0, first - take());
      const page = { entries: log.slice(first, before), more: first > 0 };
      await loadOlder(store, () => Promise.resolve(page));
    } else {
      const after = last;
      last += take();
      applyEvents(store, [{ type: "entries", entries: log.slice(after, last) }], 0);
    }
  }
  return store.getState().messages;
}

function as(from: typeof ada, entry: EntryFrame): EntryFrame {
  return { ...entry, payload: { ...entry.payload, from } } as EntryFrame;
}
