import { readMetric } from "@parley/testkit/server-process";
import { pino, type DestinationStream } from "pino";
import { createApp, type App, type AppDeps } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import type { FileStore } from "../src/files/file-store.ts";
import type { RoomLog } from "../src/log/log.ts";
import type { Shelf } from "../src/shelf/shelf.ts";
import { memoryBackend } from "../src/backends/memory/backend.ts";
import type { FlushClock } from "../src/timing/flush-clock.ts";
import { PacedFlushes } from "../src/timing/paced-flushes.ts";
import { FakeTime } from "./fake-time.ts";

export interface ServerOptions {
  /** The environment beside port and host; limits are off unless it says otherwise. */
  readonly env?: Record<string, string>;
  readonly log?: RoomLog;
  readonly shelf?: Shelf;
  /** Where files are; in memory unless it is given, and nowhere if it is null. */
  readonly files?: FileStore | null;
  readonly webDirectory?: string;
  /** Takes what the server logs; nothing does unless it is given. */
  readonly logs?: DestinationStream;
  /** Whether rates go by the time that a test lets pass, too. */
  readonly ratesByTest?: true;
  /** The clock of the rooms' windows; the machine's unless another is given. */
  readonly flushClock?: FlushClock;
  /** The turns of network addresses; fair ones unless others are given. */
  readonly turns?: AppDeps["turns"];
}

/** A whole server on a free port of 127.0.0.1, whose waits pass when a test says so. */
export class TestServer {
  readonly port: number;
  readonly app: App;
  readonly #time: FakeTime;

  static async start({
    env = { LIMITS: "off" },
    log,
    shelf,
    files,
    webDirectory = "/does/not/exist",
    logs,
    ratesByTest,
    flushClock = new PacedFlushes(),
    turns,
  }: ServerOptions = {}): Promise<TestServer> {
    const time = new FakeTime();
    const config = readConfig({ ...env, PORT: "0", HOST: "127.0.0.1" });
    const logger = logs ? pino(logs) : pino({ level: "silent" });
    const app = createApp({
      config,
      logger,
      backend: memoryBackend({
        ...(log && { log }),
        ...(shelf && { shelf }),
        ...(files === undefined ? {} : { files: files ?? undefined }),
      }),
      webDirectory,
      timers: time.timers,
      flushClock,
      ...(turns && { turns }),
      ...(ratesByTest ? { now: time.now } : {}),
    });
    return new TestServer(app, await app.listen(), time);
  }

  private constructor(app: App, port: number, time: FakeTime) {
    this.app = app;
    this.port = port;
    this.#time = time;
  }

  /** Such as `http://127.0.0.1:4711`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where plain clients connect. */
  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** Lets heartbeats, deadlines and absences pass, in ms. */
  pass(ms: number): void {
    this.#time.pass(ms);
  }

  /** What /metrics says of one number. */
  async metric(name: string): Promise<number> {
    return readMetric(this.url, name);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
