import { readConfig } from "../config.ts";
import { runHostCommand } from "./host-command.ts";
import { restore } from "../backends/sqlite/restore.ts";

await runHostCommand(
  {
    name: "restore",
    about:
      "Puts a backup into DATA_DIR, while no server runs on it. It keeps what was there before.",
    run: async (source) => {
      const { dataDir } = readConfig(process.env);
      const { entries, before } = await restore(source, dataDir, new Date());
      return [
        `${dataDir} holds the ${entries} entries of ${source}. Start the server now.`,
        ...(before === undefined ? [] : [`What was there before is in ${before}.`]),
      ];
    },
  },
  process.argv.slice(2),
);
