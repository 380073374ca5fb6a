import { describe, expect, it, vi } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { chatDraft, reactDraft } from "../../test/drafts.ts";
import { PAGE_BYTES_MAX } from "../delivery/page-size.ts";
import { readLastMessages } from "./last-messages.ts";

/**
 * A log as a text says it: a letter a message, a dot a reaction to the first one.
 * @returns what is read of it, in the same form
 */
async function logOf(text: string, historyLimit?: number, message = "hi") {
  const log = new MemoryLog(historyLimit);
  const react = reactDraft("first");
  await log.append("lobby", chatDraft("first", { id: "first" }));
  for (const [index, sign] of [...text].entries()) {
    const id = `e${index}`;
    await log.append("lobby", sign === "." ? react(id) : chatDraft(message, { id }));
  }
  const all = `a${text}`;
  return async (range: { limit: number; before?: number }) => {
    const { entries } = await readLastMessages(log, "lobby", range);
    const seqs = entries.map(({ payload }) => payload.seq);
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    return seqs.map((seq) => all[seq - 1]).join("");
  };
}

describe("the last messages", () => {
  it("come with what was done since, and nothing from before them", async () => {
    const read = await logOf(".bc..d.e...");
    expect(await read({ limit: 1 })).toBe("e...");
    expect(await read({ limit: 2 })).toBe("d.e...");
    expect(await read({ limit: 3 })).toBe("c..d.e...");
    expect(await read({ limit: 5 })).toBe("a.bc..d.e...");
    expect(await read({ limit: 50 })).toBe("a.bc..d.e...");
  });

  it("end where they are asked to", async () => {
    const read = await logOf("bc..d.e...");
    expect(await read({ before: 6, limit: 2 })).toBe("bc..");
    expect(await read({ before: 1, limit: 2 })).toBe("");
  });

  it("are found behind hundreds of reactions", async () => {
    const reactions = ".".repeat(700);
    const read = await logOf(`bcd${reactions}`);
    expect(await read({ limit: 50 })).toBe(`abcd${reactions}`);
    expect(await read({ limit: 2 })).toBe(`cd${reactions}`);
  });

  it("are those that are kept, if the log was trimmed", async () => {
    const read = await logOf(`bc${".".repeat(20)}d...`, 10);
    expect(await read({ limit: 2 })).toBe(`......d...`);
  });

  it("are only so many that they fit into one answer with what was done since", async () => {
    const read = await logOf("b".repeat(100), undefined, "x".repeat(4_000));
    const shown = await read({ limit: 100 });
    expect(shown).toMatch(/^b{55,65}$/u);
    const many = await logOf(`${"b".repeat(60)}${".".repeat(100)}`, undefined, "x".repeat(4_000));
    expect(await many({ limit: 100 })).toMatch(/^b{30,60}\.{100}$/u);
    const reactions = await logOf(".".repeat(5_000));
    const read5000 = await reactions({ limit: 50 });
    expect(read5000.length).toBeGreaterThan(800);
    expect(read5000.length).toBeLessThan(3_000);
  });

  it("are of one log, also if another takes its place while they are read", async () => {
    const [log, other] = await Promise.all(
      ["own", "other"].map(async (name) => {
        const written = new MemoryLog();
        await written.append("lobby", chatDraft("hi", { id: name }));
        const react = reactDraft(name);
        for (let n = 0; n < 700; n += 1) await written.append("lobby", react(`${name}-${n}`));
        return written;
      }),
    );
    if (!log || !other) throw new Error("There are two.");
    const range = { limit: 5 };
    const first = await log.read("lobby", { ...range, enough: PAGE_BYTES_MAX });
    const read = log.read.bind(log);
    vi.spyOn(log, "read").mockImplementationOnce(read).mockImplementation(other.read.bind(other));
    const page = await readLastMessages(log, "lobby", range);
    expect(page.epoch).toBe(first.epoch);
    expect(page.entries).toEqual(first.entries);
  });
});
