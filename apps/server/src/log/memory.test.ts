import { describeLogContract } from "./log.contract.ts";
import { MemoryLog } from "./memory.ts";

const opened = (log: MemoryLog) => ({ log, close: async () => {} });

describeLogContract("the log in memory", async () => opened(new MemoryLog()), {
  openTrimmed: async (keep, fill) => {
    const log = new MemoryLog(keep);
    await fill(log);
    return opened(log);
  },
});
