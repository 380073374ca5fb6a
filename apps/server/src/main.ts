import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { createApp } from "./app.ts";
import { ConfigError, readConfig, type Config } from "./config.ts";
import { MemoryLog } from "./log/memory.ts";

/** The one file that touches the process: environment, signals, exit code. */

const EXIT_USAGE = 2;
const webDirectory = fileURLToPath(new URL("../../web/dist", import.meta.url));

const config = configOrExit();
const logger = pino({ level: config.logLevel }, pino.destination(2));
const app = createApp({ config, logger, log: new MemoryLog(), webDirectory });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    logger.info({ signal }, "going down");
    app.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error, "could not go down in order"),
    );
  });
}
process.on("uncaughtException", (error) => fail(error, "failed"));

try {
  greet(await app.listen());
} catch (error) {
  fail(error, "could not start");
}

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(EXIT_USAGE);
  }
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
