import { flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { pino } from "pino";
import { openApp } from "./app.ts";
import { ConfigError, readConfig, type Config } from "./config.ts";
import { StorageError } from "./backends/sqlite/schema.ts";

/** The server as a process: its environment, its signals, its exit code. */

const EXIT_USAGE = 2;
const webDirectory = fileURLToPath(new URL("../../web/dist", import.meta.url));

const config = configOrExit();
const logger = pino({ level: config.logLevel }, pino.destination(2));
process.on("uncaughtException", (error) => {
  if (error instanceof StorageError) stopWith(error.message);
  fail(error, "failed");
});

try {
  await serve();
} catch (error) {
  if (error instanceof StorageError) stopWith(error.message);
  const why = whyNotListening(error);
  if (why !== undefined) stopWith(why);
  fail(error, "could not start");
}

async function serve(): Promise<void> {
  const app = await openApp({ config, logger, webDirectory });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      logger.info({ signal }, "going down");
      app.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error, "could not go down in order"),
      );
    });
  }
  greet(await app.listen());
  // A process that is killed keeps for the next one what Node compiled.
  flushCompileCache();
  // Space for young objects grew with the start and suffices. A burst of joins would grow it eight
  // times, and never give it back: 6 KB a connection (pnpm bench --only memory).
  setFlagsFromString("--semi-space-growth-factor=1");
}

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return stopWith(error.message);
  }
}

/** What the host can do if the server cannot listen; undefined for any other error. */
function whyNotListening(error: unknown): string | undefined {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return undefined;
  const { syscall, code } = error;
  if (syscall === "getaddrinfo" || (syscall === "listen" && code === "EADDRNOTAVAIL")) {
    return `${config.host} is no address of this machine (${String(code)}): set HOST.`;
  }
  return syscall === "listen"
    ? `Port ${config.port} cannot be had (${String(code)}): set PORT.`
    : undefined;
}

/** Ends with a message for the host, who can mend it. */
function stopWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(EXIT_USAGE);
}

function fail(error: unknown, what: string): never {
  logger.fatal({ err: error }, what);
  process.exit(1);
}

function greet(port: number): void {
  const host = `localhost:${port}`;
  process.stdout.write(
    [
      "",
      `  Parley is open:  http://${host}`,
      "",
      "  From a terminal:",
      `    npx wscat -c ws://${host}/ws`,
      '    > {"type":"join","payload":{"roomId":"123"}}',
      '    > {"type":"chat","payload":{"message":"hi there"}}',
      "",
      "",
    ].join("\n"),
  );
}
