import { spawnSync } from "node:child_process";
import type { Child } from "./child.ts";
import { probe } from "./probe.ts";
import { removeTemporaryFolder } from "./temporary-folder.ts";

/** A real proxy in front of servers: a program with a settings file of a host. */
export class ProxyProcess {
  readonly #port: number;
  readonly #folder: string;
  readonly #child: Child;

  /** @param folder its own; it is removed with it */
  protected constructor(port: number, folder: string, child: Child) {
    this.#port = port;
    this.#folder = folder;
    this.#child = child;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#child.pid;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.#port}/ws`;
  }

  /** Waits until it has found a server that is ready. */
  protected ready(name: string): Promise<void> {
    const isReady = async () => (await probe(`${this.url}/readyz`))?.isOk === true;
    return this.#child.ready(name, isReady);
  }

  async close(): Promise<void> {
    await this.#child.end("SIGKILL");
    await removeTemporaryFolder(this.#folder);
  }
}

/** Whether this machine has a program that answers `-v`. */
export function hasProgram(program: string): boolean {
  return spawnSync(program, ["-v"], { stdio: "ignore" }).status === 0;
}
