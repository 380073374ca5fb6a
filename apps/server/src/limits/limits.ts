/** The server's own sizes and waits; those that clients share are in @parley/protocol. SPEC.md, "Limits". */

/** Pieces of one message; ws alone would let 1-byte pieces pile up. */
export const FRAGMENTS_MAX = 16;
/** Chunks of one unfinished message that are held. */
export const BUFFERED_CHUNKS_MAX = 1_024;
/** Binary frames of one network address that are larger than a text may be, at the same time. */
export const LARGE_FRAMES_PER_ADDRESS_MAX = 8;
/** The same, in all: 64 MiB of memory. */
export const LARGE_FRAMES_MAX = 256;
/** Bytes of HTTP headers. */
export const HEADERS_BYTES_MAX = 16 * 1024;
/** How long the headers of a request may take, in ms. */
export const HEADERS_WITHIN_MS = 5_000;
/** How long a socket lives that does not join, in ms. */
export const JOIN_WITHIN_MS = 10_000;
/** Frames held back while a join is under way. */
export const HELD_FRAMES_MAX = 64;
/** Members whose private messages wait until a connection without a bell has a place for them. */
export const RINGS_HELD_MAX = 200;
/** How long after a ring its message is expected, in ms: its conversation stays open. */
export const MESSAGE_AFTER_RING_MS = 1_000;
/** Bytes waiting for one reader, after which a room writes it no more until it has read. */
export const BACKLOG_BYTES_MAX = 256 * 1024;
/** Bytes waiting for one reader, after which it is cut off. */
export const UNREAD_BYTES_MAX = 1024 * 1024;
/** How long a reader with a backlog may read nothing, in ms. */
export const STALLED_MS = 15_000;
/** Pages of history that one connection may have asked for and not got. */
export const PAGES_WAITING_MAX = 64;
/** How long a member who asked for more pages than that is told to wait, in ms. */
export const PAGES_RETRY_MS = 1_000;
/** Entries that are read from the log at the same time, for all connections: two whole pages. */
export const ENTRIES_READ_AT_ONCE = 400;
/** How long changes of presence in a room may be held and summed up, in ms. */
export const PRESENCE_HELD_MS = 10_000;
/** How often a room is told the number of members at most, if nobody lists those who changed, in ms. */
export const CROWD_TOLD_EVERY_MS = 1_000;
/** In a large room, in ms a member: that is about 50 times what a write costs. */
export const CROWD_TOLD_MS_EACH = 0.2;
/** Members who are told to type at the same time, in a room with more members than are listed. */
export const TYPISTS_TOLD_MAX = 5;
/** How long after a failed read of the log a slow reader's is tried again, in ms. */
export const CATCH_UP_RETRY_MS = 1_000;
/** How long a member whose socket went away stays on the list, in ms (SPEC P1, P4). */
export const ABSENCE_MS = 10_000;
/** How long a closing handshake may take before the socket is cut, in ms. */
export const CLOSE_WITHIN_MS = 2_000;
/** How long webhooks, the sweep of files and the last appends may take at a shutdown, in ms. */
export const DRAIN_WITHIN_MS = 5_000;
/** How long Redis may take to learn at a shutdown who goes with the server, in ms. */
export const GO_DOWN_WITHIN_MS = 2_000;
/** How far apart the timers of the wheel are, in ms. */
export const TICK_MS = 100;
/** What an entry takes on disk beside what its author sent, in bytes: name, ids, time, index. */
export const ENTRY_OVERHEAD_BYTES = 256;
/** A body of an HTTP request, in bytes: as large as a frame. */
export const BODY_BYTES_MAX = 16 * 1024;
/** A body of frames, in bytes: one frame of any size, and what stands around it. */
export const FRAMES_BODY_BYTES_MAX = BODY_BYTES_MAX + 64;
/** How long a request may take to come, body and all, in ms. */
export const REQUEST_WITHIN_MS = 60_000;
/** Requests of one connection that wait for their answers at the same time. */
export const PIPELINED_REQUESTS_MAX = 16;
/** Streams of one network address at the same time. */
export const STREAMS_PER_ADDRESS_MAX = 20;
/** Polls of one network address that wait at the same time. */
export const POLLS_PER_ADDRESS_MAX = 20;
/** The longest that a poll may wait, in seconds: proxies give up after thirty. */
export const POLL_SECONDS_MAX = 25;
/** How often a quiet stream says that it lives, in ms. */
export const STREAM_BEAT_MS = 15_000;
/** Hooks of one room. */
export const HOOKS_PER_ROOM_MAX = 20;
/** Webhooks of one room. */
export const WEBHOOKS_PER_ROOM_MAX = 5;
/** The address of a webhook, in characters. */
export const WEBHOOK_URL_CHARS_MAX = 2_000;
/** Requests to other hosts that are under way at the same time. */
export const OUTBOUND_MAX = 64;
/** The same, to one host. */
export const OUTBOUND_PER_HOST_MAX = 8;
/** Messages of one hook in a minute, and at once. */
export const HOOK_MESSAGES_PER_MINUTE = 30;
/** After a leave over HTTP, the end of the member's stream is waited for so long, in ms. */
export const LEAVE_AGAIN_MS = 500;
/** Conversations that one network address may begin in a minute, and in an hour. */
export const CONVERSATIONS_PER_MINUTE = 10;
export const CONVERSATIONS_PER_HOUR = 100;
/** Parts of files that come from one member at the same time. */
export const UPLOADS_PER_PERSON_MAX = 3;
/** Parts of files that come from one network address at the same time. */
export const UPLOADS_PER_ADDRESS_MAX = 24;
/** Parts of files that come at the same time, in all: 100 MB of memory. */
export const UPLOADS_AT_ONCE_MAX = 400;
/** How long a sender of more parts is told to wait, in ms. */
export const UPLOADS_RETRY_MS = 1_000;
/** Files that one member has begun and not sent. */
export const UNSENT_FILES_MAX = 20;
/** How long a member with more of them is told to wait, in ms. */
export const UNSENT_RETRY_MS = 10_000;
/** What a file takes beside its bytes, in bytes: it is counted with them. */
export const FILE_OVERHEAD_BYTES = 4_096;
/** Bytes of files that one member may begin in a day, and at once. */
export const PERSON_FILE_BYTES_PER_DAY = 100 * 1024 * 1024;
/** Bytes of files that one network address may begin in a day, and at once. */
export const ADDRESS_FILE_BYTES_PER_DAY = 500 * 1024 * 1024;
/** Frames in one request. */
export const FRAMES_PER_REQUEST_MAX = 64;
/** Pages of history that one request is answered with: as many as a client asks for at once. */
export const PAGES_PER_REQUEST_MAX = 4;
