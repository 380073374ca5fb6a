import { isNumber, listOf, shape, isText, stored, type TextStore } from "./stored.ts";

/** How often one has reacted with an emoji. */
interface UsedEmoji {
  readonly emoji: string;
  readonly times: number;
}

/** Emoji that are counted; the one that was used least goes. */
const COUNTED_MAX = 60;

/** The emoji that one picks to react with, the most used first. */
export function storedUsedEmoji(texts?: TextStore) {
  const isUsed = shape<UsedEmoji>({ emoji: isText, times: isNumber });
  return stored<readonly UsedEmoji[], readonly UsedEmoji[]>(
    "parley.emoji",
    listOf(isUsed),
    [],
    texts,
  );
}

/** Counts an emoji that was used. Of two used as often, the later one comes first. */
export function countEmoji(emoji: string, texts?: TextStore): void {
  const { read, write } = storedUsedEmoji(texts);
  const used = read();
  const times = (used.find((each) => each.emoji === emoji)?.times ?? 0) + 1;
  const others = used.filter((each) => each.emoji !== emoji).slice(0, COUNTED_MAX - 1);
  write([{ emoji, times }, ...others].toSorted((a, b) => b.times - a.times));
}
