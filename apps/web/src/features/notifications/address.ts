import type { Message } from "../../room/message.ts";
import type { RoomState } from "../../room/store.ts";
import { repliedMessage } from "../../room/reply.ts";
import { mentionsOf } from "../formatting/mentions.ts";

/** Why a message is to the user: it mentions their name, or it replies to one of their messages. */
type Address = "mention" | "reply";

/** Finds out whether a message is to the user. */
export function addressIn(state: RoomState): (message: Message) => Address | undefined {
  const self = state.people?.self;
  const findMentions = mentionsOf(self?.name ?? "");
  return ({ body, replyTo }) => {
    if (body.is === "said" && findMentions(body.text).length > 0) return "mention";
    const replied = replyTo && repliedMessage(state, replyTo);
    return replied && replied.from.id === self?.id ? "reply" : undefined;
  };
}
