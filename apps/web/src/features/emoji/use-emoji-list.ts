import { useEffect, useState } from "react";
import type { NamedEmoji } from "./emoji-list.ts";

const NONE: readonly NamedEmoji[] = [];
/** Loaded once for all, when it is first asked for. */
let loaded: readonly NamedEmoji[] | undefined;

/** The emoji with their names; none until they are loaded, and where they cannot be. */
export function useEmojiList(isNeeded: boolean): readonly NamedEmoji[] {
  const [list, setList] = useState(() => loaded ?? NONE);
  useEffect(() => {
    if (!isNeeded || list !== NONE) return undefined;
    let isWanted = true;
    import("./emoji-list.ts").then(
      ({ emojiList }) => {
        loaded = emojiList;
        if (isWanted) setList(emojiList);
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [isNeeded, list]);
  return list;
}
