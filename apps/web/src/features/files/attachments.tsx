import type { FileInfo } from "@parley/protocol";
import type { CSSProperties } from "react";
import { kindOf } from "../../room/files/kinds.ts";
import { classNames } from "../../ui/class-names.ts";
import { LazyFileView } from "./lazy-files.tsx";

/** The longest side of a picture among the messages, in rem. */
const LONGEST_REM = 20;
const REM_PX = 16;

/** The files of a message. Each has its place before it is loaded, so that nothing moves. */
export function Attachments({
  files,
  isPending,
  reachable,
}: {
  files: readonly FileInfo[];
  /** They are not stored at the server yet. */
  isPending: boolean;
  /** Whether the keyboard reaches what can be opened. */
  reachable: boolean;
}) {
  const seen = files.filter((file) => ["picture", "video"].includes(kindOf(file)));
  const others = files.filter((file) => !seen.includes(file));
  const shown = { isPending, reachable };
  const isAlbum = seen.length > 1;
  return (
    <div className="grid grid-cols-[minmax(0,max-content)] gap-1.5 py-1">
      {seen.length > 0 && (
        <div
          className={classNames(
            "max-w-full overflow-clip rounded-md",
            isAlbum && "grid w-80 grid-cols-6 gap-0.5",
          )}
        >
          {seen.map((file, at) => (
            <div
              key={file.id}
              style={isAlbum ? tintOf(file) : { ...tintOf(file), ...placeOf(file) }}
              className={classNames(
                "relative bg-sunken",
                !isAlbum && "max-w-full",
                isAlbum && "aspect-square",
                isAlbum && (at < inPairs(seen.length) ? "col-span-3" : "col-span-2"),
              )}
            >
              <LazyFileView file={file} {...shown} isSmall={isAlbum} />
            </div>
          ))}
        </div>
      )}
      {others.map((file) => (
        <div key={file.id} className="min-h-14 w-80 max-w-full">
          <LazyFileView file={file} {...shown} isSmall={false} />
        </div>
      ))}
    </div>
  );
}

/** How many pictures of an album go two in a row: the others fill rows of three. */
function inPairs(count: number): number {
  return [0, 4, 2][count % 3] ?? 0;
}

function tintOf({ tint }: FileInfo): CSSProperties {
  return tint === undefined ? {} : { backgroundColor: tint };
}

/** The place of a single picture: as large as it is, at most 20 rem, and not too narrow to touch. */
function placeOf({ w = 4, h = 3 }: FileInfo): CSSProperties {
  const isKnown = w > 4;
  const scale = Math.min(isKnown ? 1 : Infinity, (LONGEST_REM * REM_PX) / Math.max(w, h));
  return {
    width: `${Math.max(4, (w * scale) / REM_PX)}rem`,
    minHeight: "3rem",
    aspectRatio: `${w} / ${h}`,
  };
}
