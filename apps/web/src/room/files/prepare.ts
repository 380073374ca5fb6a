import { canonicalFileName, FILE_NAME_CHARS_MAX, isFileType } from "@parley/protocol";
import { preparePicture } from "./picture.ts";
import type { Enriched, Prepared, PrepareOptions } from "./prepared.ts";
import { prepareSound, prepareVideo } from "./recording.ts";

/** Reads what a file is, makes a thumbnail, and makes a photo smaller unless it goes as it is. */
export async function prepareFile(file: File, options: PrepareOptions): Promise<Prepared> {
  const name = nameOf(file.name);
  const type = typeOf(file);
  const plain = { bytes: file, thumb: undefined, canReduce: false, info: { name, type } };
  const enriched = await enrich(file, type, options);
  if (!enriched) return plain;
  const info = { ...plain.info, ...enriched.info };
  return { ...plain, ...enriched, info: { ...info, name: withEnding(name, type, info.type) } };
}

async function enrich(file: File, type: string, options: PrepareOptions): Promise<Enriched> {
  const [family] = type.split("/");
  if (family === "image") return preparePicture(file, type, options);
  if (family === "video") return prepareVideo(file);
  return family === "audio" ? prepareSound(file, options) : undefined;
}

/** The name without what a name may not have; the end of a long one is cut before its ending. */
function nameOf(given: string): string {
  const chars = [...given];
  const ending = /\.\w{1,10}$/.exec(given)?.[0] ?? "";
  const cut =
    chars.length > FILE_NAME_CHARS_MAX
      ? chars.slice(0, FILE_NAME_CHARS_MAX - ending.length).join("") + ending
      : given;
  return canonicalFileName(cut.toWellFormed()) ?? "file";
}

/** The type without parameters; what the system does not know is bytes. */
function typeOf({ type }: File): string {
  const bare = (type.split(";")[0] ?? "").trim().toLowerCase();
  return isFileType(bare) ? bare : "application/octet-stream";
}

/** A photo that was encoded again has another ending. */
function withEnding(name: string, before: string, now: string): string {
  if (before === now) return name;
  const ending = now === "image/jpeg" ? "jpg" : (now.split("/")[1] ?? "");
  return `${name.replace(/\.\w{1,10}$/, "")}.${ending}`;
}
