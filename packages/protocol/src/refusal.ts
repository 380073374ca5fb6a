import type { SetFrame } from "./entries/entry-frame.ts";

/**
 * The codes of refusals. They are stable: programs may rely on them. `true`: the same frame, with
 * the same `id`, may be sent again (SPEC D4).
 */
const isTemporary = {
  bad_json: false,
  bad_frame: false,
  binary_frame: false,
  too_deep: false,
  unknown_type: false,
  bad_payload: false,
  bad_room: false,
  bad_name: false,
  bad_token: false,
  bad_id: false,
  bad_ref: false,
  bad_emoji: false,
  not_unicode: false,
  message_empty: false,
  message_too_long: false,
  not_joined: false,
  id_conflict: false,
  unknown_target: false,
  not_author: false,
  unknown_member: false,
  too_many_conversations: false,
  bad_setting: false,
  setting_too_large: false,
  too_many_settings: false,
  bad_file: false,
  too_many_files: false,
  file_too_large: false,
  unknown_file: false,
  file_taken: false,
  files_off: false,
  no_space: true,
  stale: false,
  rate_limited: true,
  unavailable: true,
  storage_full: true,
  restarting: true,
  internal: true,
} as const satisfies Record<string, boolean>;

export type RefusalCode = keyof typeof isTemporary;

/** All refusal codes, for tables and metrics. */
export const refusalCodes = /* @__PURE__ */ Object.keys(isTemporary) as readonly RefusalCode[];

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence for people to read. */
  readonly message: string;
  /** True: send the same frame again later. False: correct it or drop it. */
  readonly temporary: boolean;
  /** The `ref` of the refused frame, or its `id`, if one could be read. */
  readonly ref?: string;
  /** For a temporary refusal: how long to wait before the next try, in ms. */
  readonly retryAfter?: number;
  /** For `stale`: the setting's present entry, if it has one. */
  readonly setting?: SetFrame;
}

export const MESSAGE_TOO_LONG = "A message is at most 4,000 characters and 8 KiB.";

/** The standard sentences. They are apart from the codes because clients get them from servers. */
const messages: Readonly<Record<RefusalCode, string>> = {
  bad_json: "That is not JSON.",
  bad_frame: 'A frame is a JSON object: {"type": string, "payload": object}.',
  binary_frame: "Frames are text; binary ones are not read.",
  too_deep: "That JSON is nested too deeply.",
  unknown_type: "There is no frame of that type.",
  bad_payload: "A field of that frame is missing or wrong.",
  bad_room: "A room code is 1 to 64 letters, digits, dashes or underscores.",
  bad_name: "A name is 1 to 32 visible characters.",
  bad_token: "That token is not one of ours.",
  bad_id: "An id is 1 to 64 letters, digits, dots, colons, dashes or underscores.",
  bad_ref: "A ref is 1 to 64 letters, digits, dots, colons, dashes or underscores.",
  bad_emoji: "A reaction is one emoji.",
  not_unicode: "The text holds half a character, so it cannot be sent.",
  message_empty: "A message needs some text.",
  message_too_long: MESSAGE_TOO_LONG,
  not_joined: "Join a room first.",
  id_conflict: "That id was used before with other content.",
  unknown_target: "There is no such message in this room.",
  not_author: "Only its author may change a message.",
  unknown_member: "There is no such member, or nothing by which the server knows them.",
  too_many_conversations: "A connection has at most 16 conversations open. Leave one.",
  bad_setting: "A room has no such setting, or not that value.",
  setting_too_large: "The value of a setting is at most 1 KiB.",
  too_many_settings: "A room has at most 200 settings.",
  bad_file: "A file has an id, a name, a type and a size, and one of them is missing or wrong.",
  too_many_files: "A message has at most 10 files.",
  file_too_large: "That file is too large for this server.",
  unknown_file: "That file is not stored here, or not wholly.",
  file_taken: "That file belongs to another message.",
  files_off: "This server takes no files.",
  no_space: "This server has no space for more files now. Try again later.",
  stale: "Somebody changed that setting meanwhile.",
  rate_limited: "Too fast. Wait a moment and try again.",
  unavailable: "The room cannot store messages now. Try again.",
  storage_full: "This server has no room for more messages. Try again later.",
  restarting: "The server is restarting. Try again.",
  internal: "The server failed to handle that. Try again.",
};

/**
 * Makes a refusal.
 * @param code one of the stable codes
 * @param ref the `ref` of the refused frame, or else its `id`, if it had one
 * @param detail replaces the standard sentence with a more exact one
 */
export function refusal(code: RefusalCode, ref?: string, detail?: string): Refusal {
  const named = ref === undefined ? {} : { ref };
  return { code, message: detail ?? messages[code], temporary: isTemporary[code], ...named };
}

/** Whether `text` is one of the codes. Schemas carry a code as the message of a failed check. */
export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(isTemporary, text);
}
