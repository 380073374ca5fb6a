import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { ServerProcess } from "@parley/testkit/server-process";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const SERVER = fileURLToPath(import.meta.resolve("@parley/server/main"));

/** Starts the server as it is shipped. */
export function startServer(): Promise<ServerProcess> {
  return ServerProcess.start({ main: SERVER });
}

/** A running command, and its output so far. */
export class Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<number | null>;
  out = "";
  err = "";

  constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    this.process = spawn(process.execPath, [MAIN, ...args], { env });
    this.process.stdout.setEncoding("utf8").on("data", (text: string) => (this.out += text));
    this.process.stderr.setEncoding("utf8").on("data", (text: string) => (this.err += text));
    // A command that ended reads no more.
    this.process.stdin.on("error", () => undefined);
    this.#closed = new Promise((resolve) => {
      this.process.once("close", resolve);
    });
  }

  /** The lines of standard output. */
  get lines(): readonly string[] {
    return this.out.split("\n").slice(0, -1);
  }

  /** Its exit code. */
  ended(): Promise<number | null> {
    return this.#closed;
  }
}

/** One user's `parley`, with its own state folder. */
export class Parley {
  readonly state: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #started: Running[] = [];

  private constructor(state: string, server: string) {
    this.state = state;
    this.#env = { PATH: process.env["PATH"], XDG_STATE_HOME: state, PARLEY_URL: server };
  }

  static async of({ url }: { readonly url: string }): Promise<Parley> {
    return new Parley(await makeTemporaryFolder("cli"), url);
  }

  /** Starts a command; without `input`, its standard input stays open. */
  start(...args: readonly string[]): Running {
    const running = new Running(args, this.#env);
    this.#started.push(running);
    return running;
  }

  /** Runs a command to its end. */
  async run(
    args: readonly string[],
    input = "",
  ): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
    const running = this.start(...args);
    running.process.stdin.end(input);
    const code = await running.ended();
    return { code, out: running.out, err: running.err };
  }

  /** Ends what still runs. */
  async end(): Promise<void> {
    for (const running of this.#started) {
      running.process.kill("SIGKILL");
      await running.ended();
    }
  }
}

/** Gives a file's tests one server, which runs at the start of each, and each test its `parley`. */
export function eachWithParley(): { readonly server: ServerProcess; readonly parley: Parley } {
  const held: { server?: ServerProcess; parley?: Parley } = {};
  const given = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error("It is there only while a test runs.");
    return one;
  };
  beforeAll(async () => {
    held.server = await startServer();
  });
  afterAll(() => held.server?.dispose());
  beforeEach(async () => {
    held.parley = await Parley.of(given(held.server));
  });
  afterEach(async () => {
    await held.parley?.end();
    await held.server?.start();
  });
  return {
    get server() {
      return given(held.server);
    },
    get parley() {
      return given(held.parley);
    },
  };
}

/** The messages of a room, from the server. */
export async function messagesIn({ url }: ServerProcess, room: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/rooms/${room}/messages?limit=200`);
  const page = (await response.json()) as {
    readonly entries: readonly { readonly payload: { readonly message?: string } }[];
  };
  return page.entries.flatMap(({ payload }) => payload.message ?? []);
}
