import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

describe("a server that cannot start", () => {
  it.each([
    [
      { HOST: "192.0.2.1" },
      /^192\.0\.2\.1 is no address of this machine \(EADDRNOTAVAIL\): set HOST\.\n$/,
    ],
    [
      { HOST: "nowhere.invalid" },
      /^nowhere\.invalid is no address of this machine \(E\w+\): set HOST\.\n$/,
    ],
    [{ REDIS_URL: "redis://127.0.0.1/queue" }, /^REDIS_URL is not usable: /],
    [{ DATA_DIR: "/dev/null/parley" }, /\/dev\/null\/parley.*DATA_DIR\.\n$/s],
  ])("names the variable: %j", (set, why) => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN], {
      env: {
        DATA_DIR: `${tmpdir()}/parley-start-${process.pid}`,
        PORT: "0",
        LOG_LEVEL: "fatal",
        ...set,
      },
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(stderr).toMatch(why);
    expect(status).toBe(2);
  });
});
