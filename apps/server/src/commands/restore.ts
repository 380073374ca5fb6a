import { runHostCommand } from "./host-command.ts";
import { restore } from "../backends/sqlite/restore.ts";
import { folderInside, putFilesBack } from "./saved-files.ts";

await runHostCommand(
  {
    name: "restore",
    about:
      "Puts a backup into DATA_DIR, with its files, while no server runs on it. It keeps what was there before.",
    run: async (source, config) => {
      const { dataDir } = config;
      let files = { copied: 0, missing: 0 };
      const { entries, before } = await restore(source, dataDir, new Date(), {
        folder: folderInside(config),
        async make(copy, folder) {
          files = await putFilesBack(config, source, copy, folder);
        },
      });
      return [
        `${dataDir} holds the ${entries} entries of ${source}. Start the server now.`,
        ...(files.copied > 0 ? [`${files.copied} of their files are there as well.`] : []),
        ...(files.missing > 0 ? [`${files.missing} of their files are gone.`] : []),
        ...(before === undefined ? [] : [`What was there before is in ${before}.`]),
      ];
    },
  },
  process.argv.slice(2),
);
