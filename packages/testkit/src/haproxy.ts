import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Child } from "./child.ts";
import { freePort } from "./ports.ts";
import { hasProgram, ProxyProcess } from "./proxy-process.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const PROGRAM = "haproxy";
/** The file that a host would use. */
const CONFIG = new URL("../../../deploy/haproxy.cfg", import.meta.url);

/** How many clients a test has at most. */
const CONNECTIONS_MAX = 1_000;

/** A real HAProxy in front of servers, with the settings of deploy/haproxy.cfg. */
export class Haproxy extends ProxyProcess {
  /** Whether this machine has one. */
  static isPossible(): boolean {
    return hasProgram(PROGRAM);
  }

  /** Checks a settings file; returns whether HAProxy accepts it, and its output. */
  static check(file: string): { readonly ok: boolean; readonly output: string } {
    const { status, stdout, stderr } = spawnSync(PROGRAM, ["-c", "-f", file], { encoding: "utf8" });
    return { ok: status === 0, output: stdout + stderr };
  }

  /**
   * @param targets ports of 127.0.0.1
   * @param connectionsMax how many clients it takes
   */
  static async start(
    targets: readonly number[],
    connectionsMax: number = CONNECTIONS_MAX,
  ): Promise<Haproxy> {
    const port = await freePort();
    const folder = await makeTemporaryFolder("haproxy");
    const file = join(folder, "haproxy.cfg");
    await writeFile(file, adapted(await readFile(CONFIG, "utf8"), port, targets, connectionsMax));
    const haproxy = new Haproxy(port, folder, new Child(PROGRAM, ["-db", "-f", file]));
    await haproxy.ready("HAProxy");
    return haproxy;
  }
}

/** The same settings for this port, these servers, and this number of clients. */
export function adapted(
  config: string,
  port: number,
  targets: readonly number[],
  connectionsMax: number = CONNECTIONS_MAX,
): string {
  const servers = targets.map((target, n) => `    server parley${n + 1} 127.0.0.1:${target}`);
  return config
    .replace(/^ {4}maxconn \d+$/m, `    maxconn ${connectionsMax}`)
    .replace(/^ {4}bind :\d+$/m, `    bind 127.0.0.1:${port}`)
    .replace(/^( {4}server parley\d+ .*\n?)+/m, `${servers.join("\n")}\n`);
}
