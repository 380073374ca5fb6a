import { createHash } from "node:crypto";
import { unreachable, type Member } from "@parley/protocol";
import { publicId } from "../identity.ts";
import type { Appended, RoomLog } from "../log/log.ts";
import type { Webhook } from "./webhook.ts";

/** What a room is told about a webhook: its members have to know who reads along. */
type News =
  | { readonly is: "made"; readonly by: string }
  /** By nobody: it could not be made. */
  | { readonly is: "revoked"; readonly by: string | undefined }
  | { readonly is: "gone" | "failed" };

type Named = Pick<Webhook, "id" | "roomId" | "name" | "url">;

/** A hook as a member of its room: no token has a slash, so that nobody else is this member. */
export function hookMember({ id, roomId, name }: Pick<Webhook, "id" | "roomId" | "name">): Member {
  return { id: publicId(`hook/${id}`, roomId), name, hook: true };
}

/**
 * Says in the room what became of a webhook, as the webhook itself. The same news of the same moment
 * is said once. Throws LogUnavailable.
 * @param moment tells this news from later ones like it
 */
export async function announce(
  log: RoomLog,
  webhook: Named,
  news: News,
  moment: number,
  at: number,
): Promise<Appended> {
  const id = createHash("sha256").update(`${webhook.id} ${news.is} ${moment}`).digest("base64url");
  const message = textOf(news, hostOf(webhook.url));
  const from = hookMember(webhook);
  return log.append(webhook.roomId, { type: "chat", payload: { message, id, at, from } });
}

/** The part of an address that anybody may see: the rest may be a secret. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

function textOf(news: News, host: string): string {
  switch (news.is) {
    case "made":
      return `${news.by} connected this webhook. It sends what is said here to ${host}.`;
    case "revoked":
      if (news.by === undefined) {
        return `This webhook was not connected after all. It sends nothing to ${host}.`;
      }
      return `${news.by} revoked this webhook. It sends nothing to ${host} any more.`;
    case "gone":
      return `This webhook is off: ${host} says that it is gone.`;
    case "failed":
      return `This webhook is off: ${host} has not taken what is said here for 3 days.`;
    default:
      return unreachable(news);
  }
}
