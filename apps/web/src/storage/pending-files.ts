import { systemClock } from "@parley/client";
import { browserPendingFiles } from "@parley/client/files";

/** The bytes of the files of all rooms that are not sent yet (SPEC B3). */
export const pendingFiles = browserPendingFiles("parley-files", () => systemClock.now());
