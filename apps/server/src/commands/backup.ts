import { runHostCommand } from "./host-command.ts";
import { backUp } from "../backends/sqlite/backup.ts";
import { savedFilesFolder, saveFiles } from "./saved-files.ts";

await runHostCommand(
  {
    name: "backup",
    about:
      "Copies the messages of DATA_DIR to a new file, and their files into a folder beside it, also while a server runs.",
    run: async (target, config) => {
      let files = { copied: 0, missing: 0 };
      const entries = await backUp(config.dataDir, target, async (copy) => {
        files = await saveFiles(config, target, copy);
      });
      return [
        `${target} holds ${entries} entries. To put it back, stop the server: pnpm restore ${target}`,
        ...(files.copied > 0
          ? [`${savedFilesFolder(target)} holds ${files.copied} of their files.`]
          : []),
        ...(files.missing > 0 ? [`${files.missing} of their files are gone.`] : []),
      ];
    },
  },
  process.argv.slice(2),
);
