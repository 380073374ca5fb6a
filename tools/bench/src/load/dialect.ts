/** A join with it continues where the client left off; only Parley supports that. */
export interface Resume {
  readonly token: string;
  readonly since: { readonly epoch: string; readonly seq: number; readonly id?: string };
}

export interface Joining {
  readonly roomId: string;
  readonly resume?: Resume;
}

/** The meaning of a frame that is no message of a room. */
type Heard =
  | { readonly is: "joined" }
  | { readonly is: "asks"; readonly answer: string }
  | { readonly is: "nothing" };

/** The protocol of a kind of server. */
export interface Dialect {
  /** A WebSocket, or a stream of events and posts. */
  readonly over: "a socket" | "HTTP";
  /** The path of its WebSocket or of its rooms. */
  readonly path: string;
  /** The position of the byte of a text frame that identifies a message (`c`, of chat). */
  readonly kindAt: number;
  /** Where the body of a message starts in its frame. */
  readonly bodyAt: number;
  /** The first frame on an open socket; undefined if the server speaks first. */
  greeting(joining: Joining): string | undefined;
  /** Interprets a frame that is no message of the room. */
  hear(bytes: Buffer, start: number, end: number, joining: Joining): Heard;
  /**
   * @param body of ASCII without `"` and `\`
   * @param number different for every message of a run
   */
  say(body: string, number: number): string;
  /** The text before each message's number in the room's order; undefined without numbers. */
  readonly seqAfter: string | undefined;
}

/** The byte at `kindAt` of a message. */
export const CHAT = "c".charCodeAt(0);
const JOINED = "j".charCodeAt(0);
const NOTHING: Heard = { is: "nothing" };

const PLAIN_START = '{"type":"chat","payload":{"message":"';

/** `{"type","payload"}` in JSON, as Parley and the servers on plain `ws` use it. */
const plain = {
  over: "a socket",
  path: "/ws",
  kindAt: '{"type":"'.length,
  bodyAt: PLAIN_START.length,
  greeting: ({ roomId, resume }: Joining) =>
    JSON.stringify({ type: "join", payload: { roomId, ...resume } }),
  hear: (bytes: Buffer, start: number): Heard =>
    bytes[start + plain.kindAt] === JOINED ? { is: "joined" } : NOTHING,
} as const;

/** No ids: these servers would ignore them. */
export const wsDialect: Dialect = {
  ...plain,
  say: (body) => `${PLAIN_START}${body}"}}`,
  seqAfter: undefined,
};

/** With an id, as Parley's own client sends, for the server to check. */
export const parleyDialect: Dialect = {
  ...plain,
  say: (body, number) => `${PLAIN_START}${body}","id":"${idOf(number)}"}}`,
  seqAfter: '"seq":',
};

/** The same frames: a stream begins with `joined`, and messages are posted. */
const httpDialect: Dialect = {
  ...parleyDialect,
  over: "HTTP",
  path: "/api/rooms",
  greeting: () => undefined,
};

const EVENT_START = '42["chat",{"message":"';

/** Socket.IO's protocol 5 over Engine.IO's protocol 4, by WebSocket from the start. */
export const socketIoDialect: Dialect = {
  over: "a socket",
  path: "/socket.io/?EIO=4&transport=websocket",
  kindAt: '42["'.length,
  bodyAt: EVENT_START.length,
  greeting: () => undefined,
  hear(bytes, start, end, { roomId }) {
    const text = bytes.toString("latin1", start, end);
    if (text.startsWith("0{")) return { is: "asks", answer: "40" };
    if (text.startsWith("40")) {
      return { is: "asks", answer: `42["join",${JSON.stringify({ roomId })}]` };
    }
    if (text === "2") return { is: "asks", answer: "3" };
    return text.startsWith('42["joined"') ? { is: "joined" } : NOTHING;
  },
  say: (body) => `${EVENT_START}${body}"}]`,
  seqAfter: undefined,
};

export const dialects = {
  parley: parleyDialect,
  ws: wsDialect,
  "socket.io": socketIoDialect,
  http: httpDialect,
} as const;

export type DialectName = keyof typeof dialects;

/** An odd number near 2³² divided by the golden ratio: its multiples are spread evenly. */
const SPREAD = 0x9e37_79b1;

/** Has the form of a UUID, and is spread like those of a real client, which matters for indexes. */
function idOf(number: number): string {
  const spread = Math.imul(number, SPREAD) >>> 0;
  return `${hex(spread, 8)}-0000-4000-8000-${hex(number, 12)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
