import {
  decodeDown,
  encode,
  readPrivate,
  refOf,
  unreachable,
  type DownFrame,
  type DownPayload,
  type InnerUp,
  type Member,
  type UpFrame,
} from "@parley/protocol";

/** The other member of a conversation, and by which entry the server knows them. */
export interface Partner {
  readonly memberId: string;
  readonly via: string | undefined;
  /** Whether they were in the room before: a server may have forgotten them. */
  readonly wasHere: () => boolean;
}

type Joined = DownPayload<"joined">;

/** The frame in which a frame of a conversation goes out, as text. */
export function wrapped({ memberId, via }: Omit<Partner, "wasHere">, frame: InnerUp): string {
  const payload = { with: memberId, ...(via === undefined ? {} : { via }), frame };
  return encode({ type: "private", payload });
}

/** A frame of a session as one of a conversation; undefined if a conversation has no such frame. */
export function innerOf(frame: UpFrame): InnerUp | undefined {
  switch (frame.type) {
    case "join": {
      const { since, ref } = frame.payload;
      return { type: "join", payload: { ...(since && { since }), ...(ref && { ref }) } };
    }
    case "leave":
    case "chat":
    case "edit":
    case "delete":
    case "react":
    case "typing":
    case "history":
      return frame;
    case "set":
    case "rename":
    case "ping":
    case "file":
    case "private":
      return undefined;
    default:
      return unreachable(frame);
  }
}

/** What a session is answered here: the server is not asked. */
export function localAnswer(frame: UpFrame): DownFrame {
  const ref = refOf(frame);
  const named = ref === undefined ? {} : { ref };
  if (frame.type === "ping") return { type: "pong", payload: named };
  const message = "A conversation has no such frame.";
  return {
    type: "error",
    payload: { code: "unknown_type", message, temporary: false, ...named },
  };
}

/** The refusal of a join by a server that has no conversations. */
export function refusedJoin(frame: InnerUp): DownFrame {
  const ref = refOf(frame);
  const message = "This server has no private messages.";
  const payload = { code: "unknown_type", message, temporary: false, ...(ref && { ref }) };
  return { type: "error", payload };
}

/**
 * A frame of a conversation as a session reads it: the answer to a join gets what the room's said.
 * Undefined for a frame that is skipped.
 */
export function outerOf(frame: unknown, other: Member, room: Joined): DownFrame | undefined {
  const inner = readPrivate(frame);
  if (inner?.type !== "joined") return inner;
  const { roomId, token, version } = room;
  const { self } = inner.payload;
  const members = [self, other];
  const payload = { roomId, token, members, count: 2, ...inner.payload, settings: [] };
  return { type: "joined", payload: { ...payload, ...(version && { version }) } };
}

/** A refusal of a member who is away as one for now: the server knows them once they are back. */
export function refusedForNow(frame: DownFrame): DownFrame {
  if (frame.type !== "error" || frame.payload.code !== "unknown_member") return frame;
  return { type: "error", payload: { ...frame.payload, temporary: true } };
}

/** The text of a frame as the frame; undefined for one that is skipped. */
export function frameOf(text: string): DownFrame | undefined {
  const decoded = decodeDown(text);
  return decoded.ok ? decoded.frame : undefined;
}
