import { isEntry, readPrivate, unreachable, type DownFrame } from "@parley/protocol";

/** A frame in a word or two, for tests of the order. */
export function gist(frame: DownFrame): string {
  if (isEntry(frame)) {
    return "message" in frame.payload ? `${frame.type} ${frame.payload.message}` : frame.type;
  }
  switch (frame.type) {
    case "error":
      return `error ${frame.payload.code}`;
    case "entered":
    case "left":
    case "renamed":
      return `${frame.type} ${frame.payload.member.name} ${frame.payload.count}`;
    case "joined":
      return `joined ${frame.payload.roomId}`;
    case "typing":
    case "history":
    case "ping":
    case "pong":
      return frame.type;
    case "rang":
      return `rang ${frame.payload.from.name}`;
    case "private":
      return `private ${frame.payload.with.name}: ${innerGist(frame.payload.frame)}`;
    default:
      return unreachable(frame);
  }
}

function innerGist(frame: unknown): string {
  const read = readPrivate(frame);
  if (read?.type === "joined") return "joined";
  return read ? gist(read) : "unreadable";
}
