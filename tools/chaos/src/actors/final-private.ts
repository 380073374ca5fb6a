import {
  PAGE_ENTRIES_MAX,
  readBell,
  readPrivate,
  type InnerDown,
  type InnerUp,
  type LogEntry,
  type RangFrame,
} from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import type { FinalLog } from "../checker/observation.ts";

/** Where a member of a room is, and as whom. */
export interface ConversationReader {
  readonly url: string;
  readonly roomId: string;
  readonly token: string;
}

/** Reads the whole log of a conversation, page by page, as one of the two members. */
export async function readFinalConversation(
  { url, roomId, token }: ConversationReader,
  memberId: string,
): Promise<FinalLog> {
  const socket = await PlainClient.connect(url);
  try {
    await socket.join(roomId, { token });
    const opened = await askWithin(socket, memberId, { type: "join", payload: {} }, "joined");
    const { epoch, head, truncatedBefore: first = 1 } = opened.payload;
    const entries: LogEntry[] = [];
    for (;;) {
      const after = entries.at(-1)?.payload.seq ?? first - 1;
      const payload = { after, limit: PAGE_ENTRIES_MAX };
      const page = await askWithin(socket, memberId, { type: "history", payload }, "history");
      entries.push(...page.payload.entries);
      if (page.payload.entries.length > 0 && page.payload.more) continue;
      return { epoch, head, first, entries, told: [] };
    }
  } finally {
    socket.cut();
  }
}

/** The bell of a member when everything is over. */
export interface FinalBell {
  readonly epoch: string;
  /** Oldest first. */
  readonly rings: readonly RangFrame["payload"][];
}

/** Reads all of a member's bell that is kept. */
export async function readFinalBell({
  url,
  roomId,
  token,
}: ConversationReader): Promise<FinalBell> {
  const socket = await PlainClient.connect(url);
  try {
    const { bell } = await socket.join(roomId, { token, bell: {} });
    const epoch = readBell(bell)?.epoch ?? "";
    const since = { epoch, seq: 0 };
    const whole = readBell((await socket.join(roomId, { token, bell: { since } })).bell);
    const rings = (whole?.entries ?? []).map(({ payload }) => payload);
    while (whole && (rings.at(-1)?.seq ?? 0) < whole.head) rings.push(await socket.next("rang"));
    return { epoch, rings };
  } finally {
    socket.cut();
  }
}

type Answer<T extends InnerDown["type"]> = Extract<InnerDown, { type: T }>;

/** Sends a frame of a conversation, and returns its answer of this type. */
async function askWithin<T extends "joined" | "history">(
  socket: PlainClient,
  memberId: string,
  frame: InnerUp,
  answer: T,
): Promise<Answer<T>> {
  socket.send("private", { with: memberId, frame });
  for (;;) {
    const inner = readPrivate((await socket.next("private")).frame);
    if (inner?.type === "error") throw new Error(`refused: ${inner.payload.message}`);
    if (inner?.type === answer) return inner as Answer<T>;
  }
}
