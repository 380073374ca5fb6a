/** Every size, rate and wait that both ends must agree on. Figures from SPEC.md, "Limits". */

/** A frame from a client, in bytes of UTF-8. */
export const FRAME_BYTES_MAX = 16 * 1024;
/** Nested objects and arrays in a frame. */
export const JSON_DEPTH_MAX = 16;
/** Objects, arrays and fields in a frame from a client, in all. */
export const JSON_PARTS_MAX = 256;

/** A room id, in characters. */
export const ROOM_ID_CHARS_MAX = 64;
/** A name after trimming, in code points. */
export const NAME_CHARS_MAX = 32;
/**
 * A name as it is sent, in UTF-16 units: 32 characters in any encoding of their accents fit. What is
 * longer is not normalised, for that takes time with the square of a run of accents.
 */
export const NAME_UNITS_MAX = 256;
/** A message, in code points. */
export const MESSAGE_CHARS_MAX = 4_000;
/** A message, in bytes of UTF-8. */
export const MESSAGE_BYTES_MAX = 8 * 1024;
/** An entry's id, in characters. */
export const ENTRY_ID_CHARS_MAX = 64;
/** A reaction as it is sent, in UTF-16 units: the longest emoji sequences (families, flags) fit. */
export const EMOJI_CHARS_MAX = 32;

/** The name of a room, in code points. */
export const ROOM_NAME_CHARS_MAX = 60;
/** The topic of a room, in code points. */
export const TOPIC_CHARS_MAX = 250;
/** The key of a setting, in characters. */
export const SETTING_KEY_CHARS_MAX = 64;
/** The value of a setting as JSON, in bytes of UTF-8. */
export const SETTING_BYTES_MAX = 1024;
/** The settings of a room. */
export const SETTINGS_MAX = 200;

/** What a refusal says of a wrong value, in UTF-16 units: it quotes little of what it refuses. */
export const QUOTED_CHARS_MAX = 120;

/**
 * Messages that a join without `since` is answered with, and all entries since the first of them,
 * if they fit into one answer.
 */
export const JOIN_MESSAGES = 50;
/** Messages in one page of history; entries in one that goes onward, and in an answer to `since`. */
export const PAGE_ENTRIES_MAX = 200;
/** Members listed in `joined`; `count` tells of the rest. */
export const MEMBERS_LISTED_MAX = 200;

/** How often a client may say that it is typing, in ms. */
export const TYPING_EVERY_MS = 2_000;
/** How long a typing notice holds without another, in ms. */
export const TYPING_HOLDS_MS = 6_000;

/** How often the server pings, in ms. */
export const PING_EVERY_MS = 25_000;
/** How long after a ping a silent peer counts as gone, in ms. */
export const PING_GRACE_MS = 10_000;
