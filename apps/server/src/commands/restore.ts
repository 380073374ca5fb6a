import { readConfig } from "../config.ts";
import { runHostCommand } from "./host-command.ts";
import { StorageError } from "../backends/sqlite/schema.ts";
import { restore } from "../backends/sqlite/restore.ts";

/** `pnpm restore FILE`: puts a backup into DATA_DIR, while no server runs on it. */

const [source] = process.argv.slice(2);
await runHostCommand(async () => {
  if (source === undefined) throw new StorageError("Say which backup: pnpm restore FILE");
  const { dataDir } = readConfig(process.env);
  const { entries, before } = await restore(source, dataDir, new Date());
  return [
    `${dataDir} holds the ${entries} entries of ${source}. Start the server now.`,
    ...(before === undefined ? [] : [`What was there before is in ${before}.`]),
  ];
});
