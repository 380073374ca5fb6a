import { lazyPart, useLazy } from "../../ui/lazy.tsx";
import type { NamedEmoji } from "./emoji-list.ts";

const NONE: readonly NamedEmoji[] = [];
const emojiList = lazyPart(async () => (await import("./emoji-list.ts")).emojiList);

/** The emoji with their names; empty until they are loaded, or if they cannot be. */
export function useEmojiList(isNeeded: boolean): readonly NamedEmoji[] {
  return useLazy(emojiList, isNeeded) ?? NONE;
}
