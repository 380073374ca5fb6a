/** The types whose content never runs in a browser. All others are served as plain bytes. */
const INERT = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "video/mp4",
  "video/webm",
  "video/ogg",
  "audio/mp4",
  "audio/mpeg",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
  "text/plain",
]);
const BYTES = "application/octet-stream";

/** How a file is served: its content type, and whether a browser shows it or saves it. */
export function servedAs(type: string): { readonly type: string; readonly isShown: boolean } {
  if (!INERT.has(type)) return { type: BYTES, isShown: false };
  if (type === "text/plain") return { type: "text/plain; charset=utf-8", isShown: false };
  return { type, isShown: true };
}

/** The first bytes of common types of files; `at` is their offset. */
const MAGIC: readonly { readonly type: string; readonly at?: number; readonly bytes: string }[] = [
  { type: "image/png", bytes: "\u0089PNG\r\n\u001A\n" },
  { type: "image/jpeg", bytes: "\u00FF\u00D8\u00FF" },
  { type: "image/gif", bytes: "GIF87a" },
  { type: "image/gif", bytes: "GIF89a" },
  { type: "image/webp", at: 8, bytes: "WEBP" },
  { type: "image/avif", at: 4, bytes: "ftypavif" },
  { type: "audio/mp4", at: 4, bytes: "ftypM4A" },
  { type: "video/mp4", at: 4, bytes: "ftyp" },
  { type: "video/webm", bytes: "\u001AE\u00DF\u00A3" },
  { type: "audio/ogg", bytes: "OggS" },
  { type: "audio/wav", at: 8, bytes: "WAVE" },
  { type: "audio/mpeg", bytes: "ID3" },
  { type: "audio/mpeg", bytes: "\u00FF\u00FB" },
  { type: "application/pdf", bytes: "%PDF-" },
  { type: "application/zip", bytes: "PK\u0003\u0004" },
  { type: "application/gzip", bytes: "\u001F\u008B" },
];
const EXTENSIONS: Readonly<Record<string, string>> = {
  "application/gzip": "gz",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/wav": "wav",
  "image/avif": "avif",
  "image/gif": "gif",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "text/plain": "txt",
  "video/mp4": "mp4",
  "video/webm": "webm",
};
/** How many bytes are read to tell a text from other content. */
const TEXT_BYTES = 4_096;
const THUMBNAILS = new Set(["image/webp", "image/jpeg", "image/png"]);

/** The type of a file by its first bytes: text, or one of the common types. */
export function typeOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 32)).toString("latin1");
  const known = MAGIC.find(({ at = 0, bytes: magic }) => start.startsWith(magic, at));
  return known?.type ?? (isText(bytes.subarray(0, TEXT_BYTES)) ? "text/plain" : BYTES);
}

/** The ending of the names of a type, such as `.png`; empty for an unknown type. */
export function extensionOf(type: string): string {
  const known = EXTENSIONS[type];
  return known === undefined ? "" : `.${known}`;
}

/** Whether these bytes are a picture that may be a thumbnail. */
export function isThumbnail(bytes: Uint8Array): boolean {
  return THUMBNAILS.has(typeOf(bytes));
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    // The last character may be cut in the middle.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
