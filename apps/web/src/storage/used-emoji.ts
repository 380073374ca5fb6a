import { isNumber, listOf, shape, isText, stored, type TextStore } from "./stored.ts";

/** How often the user has reacted with an emoji. */
interface UsedEmoji {
  readonly emoji: string;
  readonly times: number;
}

/** How many emoji are counted; the least used is dropped. */
const COUNTED_MAX = 60;

/** The user's reaction emoji, the most used first. */
export function storedUsedEmoji(texts?: TextStore) {
  const isUsed = shape<UsedEmoji>({ emoji: isText, times: isNumber });
  return stored<readonly UsedEmoji[], readonly UsedEmoji[]>(
    "parley.emoji",
    listOf(isUsed),
    [],
    texts,
  );
}

/** Counts an emoji that was used. Among equally used ones, the latest comes first. */
export function countEmoji(emoji: string, texts?: TextStore): void {
  const { read, write } = storedUsedEmoji(texts);
  const used = read();
  const times = (used.find((each) => each.emoji === emoji)?.times ?? 0) + 1;
  const others = used.filter((each) => each.emoji !== emoji).slice(0, COUNTED_MAX - 1);
  write([{ emoji, times }, ...others].toSorted((a, b) => b.times - a.times));
}
