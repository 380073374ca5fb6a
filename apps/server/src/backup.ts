import { ConfigError, readConfig } from "./config.ts";
import { backUp } from "./log/sqlite-backup.ts";
import { StorageError } from "./log/sqlite-schema.ts";

/** `pnpm backup FILE`: copies the messages of DATA_DIR, also while a server runs on it. */

const [target] = process.argv.slice(2);
try {
  if (target === undefined) throw new StorageError("Say where to: pnpm backup FILE");
  const entries = await backUp(readConfig(process.env).dataDir, target);
  process.stdout.write(
    `${target} holds ${entries} entries. To put it back, stop the server and make it DATA_DIR/parley.db.\n`,
  );
} catch (error) {
  if (!(error instanceof StorageError) && !(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
