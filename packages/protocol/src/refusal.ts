import type { SetFrame } from "./entries/entry-frame.ts";

/**
 * Why a frame was refused. The codes are stable: programs may rely on them.
 * `temporary` tells whether the same frame, with the same `id`, may be sent again (SPEC D4).
 */
const refusals = {
  bad_json: { temporary: false, message: "That is not JSON." },
  bad_frame: {
    temporary: false,
    message: 'A frame is a JSON object: {"type": string, "payload": object}.',
  },
  binary_frame: { temporary: false, message: "Frames are text; binary ones are not read." },
  too_deep: { temporary: false, message: "That JSON is nested too deeply." },
  unknown_type: { temporary: false, message: "There is no frame of that type." },
  bad_payload: { temporary: false, message: "A field of that frame is missing or wrong." },
  bad_room: {
    temporary: false,
    message: "A room code is 1 to 64 letters, digits, dashes or underscores.",
  },
  bad_name: { temporary: false, message: "A name is 1 to 32 visible characters." },
  bad_token: { temporary: false, message: "That token is not one of ours." },
  bad_id: {
    temporary: false,
    message: "An id is 1 to 64 letters, digits, dots, colons, dashes or underscores.",
  },
  bad_ref: {
    temporary: false,
    message: "A ref is 1 to 64 letters, digits, dots, colons, dashes or underscores.",
  },
  bad_emoji: { temporary: false, message: "A reaction is one emoji." },
  not_unicode: { temporary: false, message: "The text holds half a character." },
  message_empty: { temporary: false, message: "A message needs some text." },
  message_too_long: {
    temporary: false,
    message: "A message is at most 4,000 characters and 8 KiB.",
  },
  not_joined: { temporary: false, message: "Join a room first." },
  id_conflict: { temporary: false, message: "That id was used before with other content." },
  unknown_target: { temporary: false, message: "There is no such message in this room." },
  not_author: { temporary: false, message: "Only its author may change a message." },
  bad_setting: { temporary: false, message: "A room has no such setting, or not that value." },
  setting_too_large: { temporary: false, message: "The value of a setting is at most 1 KiB." },
  too_many_settings: { temporary: false, message: "A room has at most 200 settings." },
  stale: { temporary: false, message: "Somebody changed that setting meanwhile." },
  rate_limited: { temporary: true, message: "Too fast. Wait a moment and try again." },
  unavailable: { temporary: true, message: "The room cannot store messages now. Try again." },
  storage_full: {
    temporary: true,
    message: "This server has no room for more messages. Try again later.",
  },
  restarting: { temporary: true, message: "The server is restarting. Try again." },
  internal: { temporary: true, message: "The server failed to handle that. Try again." },
} as const satisfies Record<string, { temporary: boolean; message: string }>;

export type RefusalCode = keyof typeof refusals;

/** All refusal codes, for tables and metrics. */
export const refusalCodes = Object.keys(refusals) as readonly RefusalCode[];

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence for people to read. */
  readonly message: string;
  /** True: send the same frame again later. False: fix it or drop it. */
  readonly temporary: boolean;
  /** The `ref` of the frame it answers, or its `id`, where it had a readable one. */
  readonly ref?: string;
  /** Where it is temporary: how long to wait before the next try, in ms. */
  readonly retryAfter?: number;
  /** Where it is `stale`: the entry that the setting has now, if it has one. */
  readonly setting?: SetFrame;
}

/**
 * Makes a refusal.
 * @param code one of the stable codes
 * @param ref names the refused frame: its `ref`, or else its `id`, if it had one
 * @param detail replaces the standard sentence with a more exact one
 */
export function refusal(code: RefusalCode, ref?: string, detail?: string): Refusal {
  const { temporary, message } = refusals[code];
  return { code, message: detail ?? message, temporary, ...(ref === undefined ? {} : { ref }) };
}

/** Whether `text` is one of the codes: schemas carry a code as the message of a failed check. */
export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(refusals, text);
}
