import type { FileInfo } from "@parley/protocol";

/** How a file is shown. */
export type FileKind = "picture" | "video" | "sound" | "voice" | "text" | "other";

const PICTURE = /^image\/(?:png|jpeg|gif|webp|avif)$/;
const VIDEO = /^video\/(?:mp4|webm|ogg)$/;
const SOUND = /^audio\/(?:mp4|mpeg|ogg|wav|webm)$/;
const TEXT = /^text\/|^application\/(?:json|xml|yaml|x-sh|sql)$/;

export function kindOf({ type, peaks }: Pick<FileInfo, "type" | "peaks">): FileKind {
  if (PICTURE.test(type)) return "picture";
  if (VIDEO.test(type)) return "video";
  if (SOUND.test(type)) return peaks === undefined ? "sound" : "voice";
  return TEXT.test(type) ? "text" : "other";
}
