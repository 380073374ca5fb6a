import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { until } from "@parley/testkit";
import { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

test("a server that is killed has kept what Node compiled, for the next start", async () => {
  const folder = await makeTemporaryFolder("compiled");
  onTestFinished(() => removeTemporaryFolder(folder));
  const server = await ServerProcess.start({ main: MAIN, env: { NODE_COMPILE_CACHE: folder } });
  onTestFinished(() => server.dispose());
  // It is written once the server is ready: a file for each module.
  await until(async () => {
    expect((await readdir(folder, { recursive: true })).length).toBeGreaterThan(100);
  });
});
