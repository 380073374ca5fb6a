/**
 * All sizes, rates and waits that client and server must agree on. Figures from SPEC.md, "Limits".
 */

/** Largest frame from a client, in bytes of UTF-8. */
export const FRAME_BYTES_MAX = 16 * 1024;
/** Deepest nesting of objects and arrays in a frame. */
export const JSON_DEPTH_MAX = 16;
/** Most objects, arrays and fields in a frame from a client, together. */
export const JSON_PARTS_MAX = 256;

/** Longest room id, in characters. */
export const ROOM_ID_CHARS_MAX = 64;
/** Longest name after trimming, in code points. */
export const NAME_CHARS_MAX = 32;
/**
 * Longest name as it is sent, in UTF-16 units. 32 characters fit in any encoding of their accents.
 * A longer name is not normalised, because that takes time quadratic in a run of accents.
 */
export const NAME_UNITS_MAX = 256;
/** Longest message, in code points. */
export const MESSAGE_CHARS_MAX = 4_000;
/** Largest message, in bytes of UTF-8. */
export const MESSAGE_BYTES_MAX = 8 * 1024;
/** Longest entry id, in characters. */
export const ENTRY_ID_CHARS_MAX = 64;
/**
 * Longest reaction as it is sent, in UTF-16 units. The longest emoji sequences (families, flags)
 * fit.
 */
export const EMOJI_CHARS_MAX = 32;

/** Longest name of a room, in code points. */
export const ROOM_NAME_CHARS_MAX = 60;
/** Longest topic of a room, in code points. */
export const TOPIC_CHARS_MAX = 250;
/** Longest key of a setting, in characters. */
export const SETTING_KEY_CHARS_MAX = 64;
/** Largest value of a setting as JSON, in bytes of UTF-8. */
export const SETTING_BYTES_MAX = 1024;
/** Most settings in one room. */
export const SETTINGS_MAX = 200;

/**
 * Every part of a file but its last has this size, in bytes. It is small, so that parts arrive over
 * connections that are often cut.
 */
export const FILE_PART_BYTES = 256 * 1024;
/** Most files in one message. */
export const FILES_PER_MESSAGE_MAX = 10;
/** Largest file whatever a server allows, in bytes: no server takes more parts. */
export const FILE_BYTES_MAX = 1024 * FILE_PART_BYTES;
/** Largest file in one binary frame, in bytes. */
export const SOCKET_FILE_BYTES_MAX = 256 * 1024;
/** Largest thumbnail, in bytes. */
export const THUMBNAIL_BYTES_MAX = 32 * 1024;
/** Longest name of a file, in code points. */
export const FILE_NAME_CHARS_MAX = 120;
/** Longest name of a file as it is sent, in UTF-16 units. */
export const FILE_NAME_UNITS_MAX = 480;
/** Longest type of a file, such as `image/png`, in characters. */
export const FILE_TYPE_CHARS_MAX = 80;
/** Largest width or height of a picture or video, in px. */
export const FILE_SIDE_PX_MAX = 65_535;
/** Longest recording, in ms. */
export const FILE_MS_MAX = 86_400_000;
/** Most bars in the wave of a recording. */
export const FILE_PEAKS_MAX = 64;

/** Conversations that one connection has open. */
export const CONVERSATIONS_OPEN_MAX = 16;

/** How much of a wrong value a refusal quotes, in UTF-16 units. */
export const QUOTED_CHARS_MAX = 120;

/**
 * How many messages answer a join without `since`. The answer has these messages and all entries
 * after the first of them, if they fit.
 */
export const JOIN_MESSAGES = 50;
/**
 * Most messages in one page of history; also the most entries in a page after a `seq` and in an
 * answer to `since`.
 */
export const PAGE_ENTRIES_MAX = 200;
/** Most members listed in `joined`; `count` has the full number. */
export const MEMBERS_LISTED_MAX = 200;

/** How often a client may report that it is typing, in ms. */
export const TYPING_EVERY_MS = 2_000;
/** How long a typing report holds without another, in ms. */
export const TYPING_HOLDS_MS = 6_000;

/** How often the server pings, in ms. */
export const PING_EVERY_MS = 25_000;
/** How long after a ping a silent peer counts as gone, in ms. */
export const PING_GRACE_MS = 10_000;
