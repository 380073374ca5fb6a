import type { FileInfo } from "@parley/protocol";
import { useEffect, useState } from "react";
import { fileUrl } from "../../room/files/file-words.ts";
import { keepLocalUrl, localUrl } from "../../room/files/local-urls.ts";
import { useOpenedRoom } from "../../room/use-room.ts";

/**
 * The address of a file: in this page if it has the bytes, otherwise at the server.
 * @returns undefined while it is looked for
 */
export function useFileUrl(file: FileInfo, isPending: boolean): string | undefined {
  const { files } = useOpenedRoom();
  const [found, setFound] = useState<string>();
  const known = localUrl(file.id) ?? (isPending ? found : fileUrl(file));
  useEffect(() => {
    if (known !== undefined) return undefined;
    let isWanted = true;
    void files
      .fetch()
      .then(({ bytesOf }) => bytesOf(file.id))
      .then(
        (bytes) => isWanted && bytes && setFound(keepLocalUrl(file.id, bytes)),
        // Without the code for files, only its name is shown.
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [files, file.id, known]);
  return known;
}
