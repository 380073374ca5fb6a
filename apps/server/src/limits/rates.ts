/** How often something may happen: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Rates {
  /** Durable frames, those that become entries, of one connection. */
  readonly messages: Rate;
  /** Durable frames of one member in one room, over all their connections. */
  readonly person: Rate;
  /** All other frames of one connection. */
  readonly signals: Rate;
  /** Frames of any kind of one connection; over it the connection is closed. */
  readonly flood: Rate;
  /** Joins of rooms that were empty, by one network address: what guessing codes looks like. */
  readonly newRooms: Rate;
  /** Conversations that one network address begins, in a minute. */
  readonly conversations: Rate;
  /** The same, in an hour. */
  readonly hourlyConversations: Rate;
  /** Bytes of durable frames, by one network address. */
  readonly storage: Rate;
  /** Frames of any kind of one network address; beyond it, they are read later. */
  readonly frames: Rate;
  /** Bytes of those frames. */
  readonly bytes: Rate;
  /** Announcements of who comes, goes or takes another name, in one room; beyond it, they are summed up. */
  readonly presence: Rate;
  /** Announcements of who types, in one room; beyond it, they are left out. */
  readonly typing: Rate;
  /** Bytes of files of one member in one room. */
  readonly personFiles: Rate;
  /** Bytes of files of one network address. */
  readonly files: Rate;
  /** Messages of one hook. */
  readonly hook: Rate;
  /** HTTP requests of one network address, upgrades too; beyond it, they are answered with 429. */
  readonly requests: Rate;
  /** Connections of one network address at the same time. */
  readonly connections: number;
  /** Streams over HTTP of one network address at the same time. */
  readonly streams: number;
  /** Polls of one network address that wait at the same time. */
  readonly polls: number;
  /** Parts of files that come from one network address at the same time. */
  readonly uploads: number;
  /** The same, of one member. */
  readonly personUploads: number;
}

const UNLIMITED: Rate = { perSecond: Infinity, burst: Infinity };

/** Everything may happen as often as it likes. */
export const NO_LIMITS: Rates = {
  messages: UNLIMITED,
  person: UNLIMITED,
  signals: UNLIMITED,
  flood: UNLIMITED,
  newRooms: UNLIMITED,
  conversations: UNLIMITED,
  hourlyConversations: UNLIMITED,
  storage: UNLIMITED,
  frames: UNLIMITED,
  bytes: UNLIMITED,
  presence: UNLIMITED,
  typing: UNLIMITED,
  personFiles: UNLIMITED,
  files: UNLIMITED,
  hook: UNLIMITED,
  requests: UNLIMITED,
  connections: Infinity,
  streams: Infinity,
  polls: Infinity,
  uploads: Infinity,
  personUploads: Infinity,
};
