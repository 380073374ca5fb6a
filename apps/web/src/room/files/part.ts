import type { FileUploads } from "@parley/client";
import type { FilesPlace, OutgoingFiles } from "./room-files.ts";

/** The files of a room; their code is fetched when a file is first chosen. */
export interface FilesPart {
  readonly now: () => OutgoingFiles | undefined;
  readonly fetch: () => Promise<OutgoingFiles>;
}

export function filesPart(place: FilesPlace): FilesPart {
  let files: OutgoingFiles | undefined;
  return {
    now: () => files,
    fetch: async () => {
      const { createRoomFiles } = await import("./room-files.ts");
      return (files ??= createRoomFiles(place));
    },
  };
}

/** How long after it could not be fetched the code is fetched again, in ms. */
const AGAIN_MS = 5_000;

/** Uploads that fetch their code at the first message with files. */
export function lazyUploads(part: FilesPart): FileUploads {
  return {
    upload(files, done) {
      let stop = () => clearTimeout(timer);
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isStopped = false;
      const start = () =>
        void part.fetch().then(
          ({ uploader }) => {
            if (!isStopped) stop = uploader.upload(files, done);
          },
          () => {
            if (!isStopped) timer = setTimeout(start, AGAIN_MS);
          },
        );
      start();
      return () => {
        isStopped = true;
        stop();
      };
    },
    forget: (files, isSent) =>
      void part.fetch().then(
        ({ uploader }) => uploader.forget(files, isSent),
        // What was never sent is deleted later, here and at the server.
        () => undefined,
      ),
  };
}
