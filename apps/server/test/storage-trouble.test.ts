import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp, type App } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { memoryBackend } from "../src/backends/memory/backend.ts";
import { HostReports } from "../src/log/host-reports.ts";
import { SqliteLog } from "../src/backends/sqlite/log.ts";
import { PlainClient } from "@parley/testkit/plain-client";

let folder: string;
let dataDir: string;
interface Line {
  readonly trouble?: string;
  readonly msg: string;
}
let lines: Line[];
let log: SqliteLog;
let app: App;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-trouble-"));
  dataDir = join(folder, "data");
  lines = [];
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
  const config = readConfig({ LIMITS: "off", HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir });
  const reports = new HostReports(logger);
  const { retention } = config;
  log = await SqliteLog.open({ dataDir, retention, faults: {} }, (report) => reports.take(report));
  const trouble = () => reports.trouble;
  app = createApp({ config, logger, backend: memoryBackend({ log, trouble }), webDirectory: "" });
  url = `127.0.0.1:${await app.listen()}`;
});
afterEach(async () => {
  await app.close();
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

async function readiness(): Promise<string> {
  const answer = await fetch(`http://${url}/readyz`);
  return `${answer.status} ${(await answer.text()).trim()}`;
}
async function metric(trouble: string): Promise<string | undefined> {
  const text = await (await fetch(`http://${url}/metrics`)).text();
  return text
    .split("\n")
    .find((line) => line.includes(`parley_storage_trouble{trouble="${trouble}"`));
}
const troubleLines = () =>
  lines.flatMap(({ trouble, msg }) => (trouble ? [`${trouble}: ${msg}`] : []));

async function member() {
  const client = await PlainClient.connect(`ws://${url}/ws`);
  await client.join("lobby");
  return client;
}

describe("a server that cannot store messages", () => {
  it("[D4] refuses them, says why where its host looks, and says once when it is over", async () => {
    const ada = await member();
    log.injectFaults({ failing: true });
    for (const text of ["one", "two", "three"]) {
      ada.say(text);
      expect(await ada.next("error")).toMatchObject({ code: "unavailable", temporary: true });
    }
    await until(async () => {
      expect(await readiness()).toBe("503 not ready: disk_failing");
    });
    expect(await metric("disk_failing")).toMatch(/ 1$/);
    expect(await metric("disk_full")).toMatch(/ 0$/);
    expect(troubleLines()).toEqual(["disk_failing: no message can be stored: the disk fails"]);

    log.injectFaults({});
    ada.say("four");
    expect(await ada.next("chat")).toMatchObject({ message: "four", seq: 1 });
    await until(async () => expect(await readiness()).toBe("200 ready"));
    expect(await metric("disk_failing")).toMatch(/ 0$/);
    expect(troubleLines().slice(1)).toEqual(["disk_failing: messages are stored again"]);
  });

  it("[D1] acknowledges nothing into files that were deleted under it", async () => {
    const ada = await member();
    ada.say("kept");
    await ada.next("chat");
    renameSync(dataDir, join(folder, "away"));
    for (const text of ["one", "two", "three"]) {
      ada.say(text);
      expect(await ada.next("error")).toMatchObject({ code: "unavailable" });
    }
    await until(async () => {
      expect(await readiness()).toBe("503 not ready: data_dir_gone");
    });
    expect(troubleLines()).toHaveLength(1);

    renameSync(join(folder, "away"), dataDir);
    ada.say("four");
    expect(await ada.next("chat")).toMatchObject({ message: "four", seq: 2 });
    await until(async () => expect(await readiness()).toBe("200 ready"));
  });

  it("says so before anybody writes, if its data directory is gone", async () => {
    rmSync(dataDir, { recursive: true });
    await until(async () => {
      expect(await readiness()).toBe("503 not ready: data_dir_gone");
    });
  });
});
