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

/** What every view of a file gets. */
export interface FileViewProps {
  readonly file: FileInfo;
  readonly isPending: boolean;
  readonly reachable: boolean;
  /** It is one of several pictures. */
  readonly isSmall: boolean;
}

export const GONE = "No longer stored";
const BROKEN = "Cannot be shown";
const TOO_LARGE = "Too many pixels to show";
/** A picture with more is not drawn: each takes 4 bytes of memory, however small the file is. */
const PIXELS_MAX = 100_000_000;

/** Whether a picture that has loaded, and was not drawn yet, has too many pixels. */
export function isTooLarge({ naturalWidth, naturalHeight }: HTMLImageElement): boolean {
  return naturalWidth * naturalHeight > PIXELS_MAX;
}

/** Why a file cannot be shown, once `check` has found it out. */
export function useBroken(file: Pick<FileInfo, "id" | "name">) {
  const [broken, setBroken] = useState<string>();
  /** @param cannotShow it could not be shown; otherwise it may only be gone */
  const check = async (cannotShow = false) => {
    const status = await fetch(fileUrl(file), { method: "HEAD" }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 404 || status === 410) setBroken(GONE);
    else if (cannotShow && status !== 0) setBroken(BROKEN);
  };
  return {
    broken,
    check: () => void check(),
    // What this page has the bytes of is not gone.
    failed: () => (localUrl(file.id) === undefined ? void check(true) : setBroken(BROKEN)),
    tooLarge: () => setBroken(TOO_LARGE),
  };
}
