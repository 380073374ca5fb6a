import type { FileInfo } from "@parley/protocol";
import { useState } from "react";
import { fileUrl } from "../../room/files/file-words.ts";

export const GONE = "No longer stored";
const BROKEN = "Cannot be shown";

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
    failed: () => void check(true),
  };
}
