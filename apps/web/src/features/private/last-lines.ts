import { readEntry, roomApiPath } from "@parley/protocol";
import { useEffect, useState } from "react";
import { partEntries } from "../../room/message.ts";
import { revise } from "../../room/revise.ts";
import { useRoomId } from "../../room/use-room.ts";
import type { StoredConversation } from "../../storage/conversations.ts";
import { storedToken } from "../../storage/identity.ts";
import { askServer } from "../../ui/ask-server.ts";
import { lineOf } from "../formatting/one-line.ts";

/** How many entries of a conversation are read to find its last message. */
const ENTRIES_MAX = 20;
/** The first so many conversations show their last message. */
const CONVERSATIONS_MAX = 30;

/**
 * The last message of each conversation and its author, by the id of the partner. They are read from
 * the server: a browser stores none.
 */
export function useLastLines(list: readonly StoredConversation[]): ReadonlyMap<string, string> {
  const roomId = useRoomId();
  const [lines, setLines] = useState<ReadonlyMap<string, Line>>(new Map());
  const next = list.slice(0, CONVERSATIONS_MAX).find(({ id, at }) => lines.get(id)?.at !== at);
  const { id, at } = next ?? {};
  useEffect(() => {
    const token = storedToken().read();
    if (id === undefined || at === undefined || token === undefined) return undefined;
    const ended = new AbortController();
    const path = `/with/${encodeURIComponent(id)}/messages?limit=${ENTRIES_MAX}`;
    void askServer(roomApiPath(roomId, path), ended.signal, token).then((page) => {
      if (ended.signal.aborted) return;
      setLines((before) => new Map(before).set(id, { at, text: lastLineIn(page, id) }));
    });
    return () => ended.abort();
  }, [roomId, id, at]);
  return new Map(
    [...lines].flatMap(([each, { text }]) => (text === undefined ? [] : [[each, text]])),
  );
}

interface Line {
  /** The time of the conversation for which it was read. */
  readonly at: number;
  readonly text: string | undefined;
}

/**
 * The last message in a page of `GET …/with/:member/messages`, after its edits; undefined if there is
 * none or the server refused.
 * @param partnerId the author who is not the user
 */
export function lastLineIn(page: unknown, partnerId: string): string | undefined {
  const { entries } = Object(page) as { entries?: unknown };
  if (!Array.isArray(entries)) return undefined;
  const read = entries.flatMap((entry: unknown) => readEntry(entry) ?? []);
  const { batch, revisions } = partEntries(read);
  const last = revise(batch, revisions).findLast(({ body }) => body.is === "said");
  if (last?.body.is !== "said") return undefined;
  return lineOf(last.from.id === partnerId ? last.from.name : "You", last.body.text);
}
