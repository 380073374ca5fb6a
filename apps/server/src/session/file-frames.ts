import { refusal, type EntryRequest, type UpPayload } from "@parley/protocol";
import { UPLOADS_RETRY_MS } from "../limits/limits.ts";
import type { ConnectionWriter } from "./connection-writer.ts";
import type { Membership } from "./membership.ts";
import type { FileFacts } from "../files/manifest.ts";
import type { SocketFiles } from "./session-deps.ts";

type Chat = Extract<EntryRequest, { type: "chat" }>;

/** What is said with a file: its name, unless the `file` frame before it says something else. */
export function messageWith({ name }: FileFacts, { message, id, ref }: UpPayload<"file">): Chat {
  const named = { ...(id === undefined ? {} : { id }), ...(ref === undefined ? {} : { ref }) };
  return { type: "chat", payload: { message: message ?? name, ...named } };
}

/** Stores a file that a member sent in one frame, and says it, in its place among their messages. */
export async function sendFile(
  files: SocketFiles,
  writer: ConnectionWriter,
  membership: Membership,
  said: Chat,
  facts: FileFacts,
  bytes: Uint8Array,
): Promise<void> {
  const source = {
    logId: membership.room.id,
    author: membership.member.id,
    address: writer.connection.address,
  };
  const { ref, id } = said.payload;
  const countOut = files.admit(source);
  if (!countOut) {
    return writer.refuse({ ...refusal("rate_limited", ref ?? id), retryAfter: UPLOADS_RETRY_MS });
  }
  try {
    await membership.submit(said, async () => {
      const file = { id: await files.store(source, facts, bytes, id), ...facts };
      return { ...said, payload: { ...said.payload, files: [file] } };
    });
  } finally {
    countOut();
  }
}
