import { readConfig } from "../config.ts";
import { runHostCommand } from "./host-command.ts";
import { backUp } from "../backends/sqlite/backup.ts";
import { StorageError } from "../backends/sqlite/schema.ts";

/** `pnpm backup FILE`: copies the messages of DATA_DIR, also while a server runs on it. */

const [target] = process.argv.slice(2);
await runHostCommand(async () => {
  if (target === undefined) throw new StorageError("Say where to: pnpm backup FILE");
  const entries = await backUp(readConfig(process.env).dataDir, target);
  return [
    `${target} holds ${entries} entries. To put it back, stop the server: pnpm restore ${target}`,
  ];
});
