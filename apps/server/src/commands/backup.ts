import { readConfig } from "../config.ts";
import { runHostCommand } from "./host-command.ts";
import { backUp } from "../backends/sqlite/backup.ts";

await runHostCommand(
  {
    name: "backup",
    about: "Copies the messages of DATA_DIR to a new file, also while a server runs on it.",
    run: async (target) => {
      const entries = await backUp(readConfig(process.env).dataDir, target);
      return [
        `${target} holds ${entries} entries. To put it back, stop the server: pnpm restore ${target}`,
      ];
    },
  },
  process.argv.slice(2),
);
