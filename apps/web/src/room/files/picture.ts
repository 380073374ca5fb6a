import { THUMBNAIL_BYTES_MAX } from "@parley/protocol";
import type { Enriched, PrepareOptions } from "./prepared.ts";

/** The longest side of a photo that is sent smaller, in px. */
const PHOTO_PX = 2_560;
const THUMBNAIL_PX = 320;
const PHOTO_QUALITY = 0.85;
/** A picture of another kind than a photo goes as it is up to this size, in bytes. */
const KEEP_BYTES = 1_500_000;
/** The qualities that are tried until a thumbnail is small enough. */
const THUMBNAIL_QUALITIES = [0.7, 0.4, 0.2] as const;
/** They move, or have layers: to encode them again would lose that. */
const AS_THEY_ARE = ["image/gif", "image/apng"];

/** Makes the thumbnail of a picture, and a smaller picture unless it goes as it is. */
export async function preparePicture(
  file: Blob,
  type: string,
  options: PrepareOptions,
): Promise<Enriched> {
  const picture = await decoded(file);
  if (!picture) return undefined;
  try {
    const { width, height } = picture;
    const isLarge = Math.max(width, height) > PHOTO_PX;
    // A photo from a camera may hold the place where it was taken; encoding it again removes that.
    const isPhoto = /^image\/(?:jpeg|heic|heif|avif)$/.test(type);
    const canReduce = !AS_THEY_ARE.includes(type) && (isPhoto || isLarge || file.size > KEEP_BYTES);
    const smaller = canReduce && !options.isOriginal ? await photoOf(picture) : undefined;
    // A drawing may be smaller as it is.
    const isSmaller = smaller && (isPhoto || isLarge || smaller.bytes.size < file.size);
    const sent = isSmaller ? smaller : { bytes: file, w: width, h: height, type };
    return {
      bytes: sent.bytes,
      thumb: await thumbnailOf(picture),
      canReduce,
      info: { type: sent.type, w: sent.w, h: sent.h, tint: tintOf(picture) },
    };
  } finally {
    picture.close();
  }
}

async function decoded(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    // No picture, or one that this browser cannot read.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

async function photoOf(picture: ImageBitmap) {
  const canvas = scaled(picture, PHOTO_PX);
  const bytes = await encodedAs(canvas, PHOTO_QUALITY);
  return { bytes, w: canvas.width, h: canvas.height, type: bytes.type };
}

/** A thumbnail within the limit of the server; undefined if it cannot be made so small. */
export async function thumbnailOf(picture: ImageBitmap): Promise<Blob | undefined> {
  const canvas = scaled(picture, THUMBNAIL_PX);
  for (const quality of THUMBNAIL_QUALITIES) {
    const bytes = await encodedAs(canvas, quality);
    if (bytes.size <= THUMBNAIL_BYTES_MAX) return bytes;
  }
  return undefined;
}

/** WebP, or JPEG on white where the browser cannot write WebP: JPEG has no transparency. */
async function encodedAs(canvas: OffscreenCanvas, quality: number): Promise<Blob> {
  const webp = await canvas.convertToBlob({ type: "image/webp", quality });
  if (webp.type === "image/webp") return webp;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.globalCompositeOperation = "destination-over";
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas.convertToBlob({ type: "image/jpeg", quality });
}

function scaled(picture: ImageBitmap, longest: number): OffscreenCanvas {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const w = Math.max(1, Math.round(picture.width * scale));
  const h = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(w, h);
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, w, h);
  return canvas;
}

/** The mean colour of a picture on white, as `#rrggbb`. */
export function tintOf(picture: ImageBitmap): string {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!pen) return "#808080";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 1, 1);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
