import { expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { describeLogContract } from "../../log/log.contract.ts";
import { MemoryLog } from "./log.ts";

const opened = (log: MemoryLog) => ({ log, close: async () => {} });

describeLogContract("the log in memory", async () => opened(new MemoryLog()), {
  openTrimmed: async (keep, fill) => {
    const log = new MemoryLog(keep);
    await fill(log);
    return opened(log);
  },
});

it("[D2] knows which author's entry is trimmed if several have one id", async () => {
  const log = new MemoryLog(3);
  const draftOf = (author: string) =>
    chatDraft("hello", { id: "same", from: { id: author, name: author } });
  const append = async (author: string) => (await log.append("lobby", draftOf(author))).is;
  const authorFound = async () => (await log.find("lobby", { id: "same" }))?.payload.from.id;
  for (const author of ["a", "b", "c"]) expect(await append(author)).toBe("new");
  expect(await authorFound()).toBe("a");
  for (const id of ["x", "y"]) await log.append("lobby", chatDraft("more", { id }));
  expect(await authorFound()).toBe("c");
  expect(await append("c")).toBe("repeat");
  expect(await append("a")).toBe("new");
  expect(await authorFound()).toBe("a");
});
