import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Child } from "./child.ts";
import { freePort } from "./ports.ts";
import { hasProgram, ProxyProcess } from "./proxy-process.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const PROGRAM = "nginx";
/** The file that a host would use. */
const CONFIG = new URL("../../../deploy/nginx.conf", import.meta.url);
/** What nginx keeps in files; each needs a folder that it may write to. */
const STORES = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** A real nginx in front of servers, with the settings of deploy/nginx.conf. */
export class Nginx extends ProxyProcess {
  /** Whether this machine has one. */
  static isPossible(): boolean {
    return hasProgram(PROGRAM);
  }

  /** @param targets ports of 127.0.0.1 */
  static async start(targets: readonly number[]): Promise<Nginx> {
    const port = await freePort();
    const folder = await makeTemporaryFolder("nginx");
    const file = join(folder, "nginx.conf");
    await writeFile(file, adapted(await readFile(CONFIG, "utf8"), port, targets, folder));
    // Without workers: nothing outlives the process that is ended.
    const globals = `daemon off; master_process off; pid ${join(folder, "pid")}; error_log stderr;`;
    const child = new Child(PROGRAM, ["-c", file, "-e", "stderr", "-g", globals]);
    const nginx = new Nginx(port, folder, child);
    await nginx.ready("nginx");
    return nginx;
  }
}

/** The same settings for this port, these servers, a test's number of sockets and its folder. */
export function adapted(
  config: string,
  port: number,
  targets: readonly number[],
  folder: string,
): string {
  const servers = targets.map(
    (target) => `        server 127.0.0.1:${target} max_fails=1 fail_timeout=2s;`,
  );
  const stores = STORES.map((store) => `    ${store}_temp_path ${folder}/${store};`);
  return config
    .replace(/^worker_rlimit_nofile \d+;\n/m, "")
    .replace(/^ {4}worker_connections \d+;$/m, "    worker_connections 1000;")
    .replace(/^http \{$/m, ["http {", "    access_log off;", ...stores].join("\n"))
    .replace(/^ {8}listen \d+;$/m, `        listen 127.0.0.1:${port};`)
    .replace(/^( {8}server 127\.0\.0\.1:.*\n)+/m, `${servers.join("\n")}\n`);
}
