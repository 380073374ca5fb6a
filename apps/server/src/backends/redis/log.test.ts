import { afterAll, beforeAll } from "vitest";
import { openTestLog } from "../../../test/redis-log.ts";
import { RedisServer } from "@parley/testkit/redis-server";
import { describeLogContract } from "../../log/log.contract.ts";

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start("--databases", "200");
});
afterAll(() => server.stop());

let databases = 0;

/** Each in a database of its own, so that none knows of another. */
async function open(entries = Infinity) {
  databases += 1;
  const url = `${server.url}/${databases}`;
  const opened = await openTestLog(url, { entries, ageMs: Infinity });
  return {
    ...opened,
    async reopen() {
      await opened.close();
      return openTestLog(url, { entries, ageMs: Infinity });
    },
  };
}

describeLogContract("the log in Redis", () => open(), {
  async openTrimmed(keep, fill) {
    const opened = await open(keep);
    await fill(opened.log);
    return opened;
  },
  openDurable: () => open(),
});
