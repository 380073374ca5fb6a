import { isText, listOf, shape, stored, type TextStore } from "./stored.ts";

/** The path of a hook that was made here. It is a secret, which the server tells once. */
export interface HookPath {
  readonly id: string;
  readonly path: string;
}

const paths = listOf(shape<HookPath>({ id: isText, path: isText }));

/** Where the hooks of a room take messages, as far as they were made in this browser. */
export function storedHookPaths(roomId: string, texts?: TextStore) {
  return stored(`parley.hooks.${roomId}`, paths, [], texts);
}

export function rememberHookPath(roomId: string, made: HookPath, texts?: TextStore): void {
  const kept = storedHookPaths(roomId, texts);
  kept.write([...kept.read().filter(({ id }) => id !== made.id), made]);
}

export function forgetHookPath(roomId: string, id: string, texts?: TextStore): void {
  const kept = storedHookPaths(roomId, texts);
  kept.write(kept.read().filter((each) => each.id !== id));
}
