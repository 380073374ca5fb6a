/** The protocol between client and server: frames, limits, codes. No I/O. */
export * from "./close-codes.ts";
export * from "./codec.ts";
export type { Bell, RangFrame } from "./bell.ts";
export { isEntry, type DownFrame, type DownPayload, type DownType } from "./down.ts";
export { downPayloads } from "./down-schemas.ts";
export type { EntryFrame, LogEntry, SetFrame, UnknownEntry } from "./entries/entry-frame.ts";
export type { FileInfo } from "./file-shape.ts";
export { canonicalFileName, FileHead, isFileId, isFileType } from "./files.ts";
export { readEntry, rereadEntries } from "./reader.ts";
export {
  definitionOf,
  definitionOfKind,
  isEntryRequest,
  isMessage,
  messageKinds,
  type EntryKind,
  type EntryRequest,
  type MessageKind,
} from "./entries/kinds.ts";
export { canonicalEmoji } from "./emoji.ts";
export * from "./ids.ts";
export { shapeOf } from "./json-shape.ts";
export * from "./limits.ts";
export type { Since } from "./join.ts";
export type { Member } from "./member.ts";
export { canonicalName, cleanName, isVisible } from "./name.ts";
export {
  canonicalRoomId,
  generateRoomId,
  isGeneratedRoomId,
  meantRoomId,
  roomApiPath,
  roomShard,
  withShard,
} from "./room-code.ts";
export type { InnerDown, InnerUp } from "./private.ts";
export { readBell, readPrivate } from "./read-private.ts";
export * from "./refusal.ts";
export { answering, refOf } from "./request.ts";
export type { LinePart } from "./settings/definition.ts";
export * from "./entries/fold.ts";
export { settingLine } from "./settings/lines.ts";
export { pinnedBy, pinOf } from "./settings/pin.ts";

export { MessageText } from "./text.ts";
export * from "./up.ts";
export * from "./unreachable.ts";
export * from "./version.ts";
