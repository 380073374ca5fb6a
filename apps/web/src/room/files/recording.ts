import { FILE_MS_MAX, FILE_PEAKS_MAX } from "@parley/protocol";
import { thumbnailOf, tintOf } from "./picture.ts";
import type { Enriched, PrepareOptions } from "./prepared.ts";

/** A recording that does not say within this time what it is, in ms, is sent without that. */
const READ_WITHIN_MS = 5_000;
/** The larger ones are not decoded for their wave, in bytes. */
const WAVE_BYTES_MAX = 10_000_000;

/** Reads the size and the length of a video, and makes a thumbnail of its beginning. */
export async function prepareVideo(file: Blob): Promise<Enriched> {
  const video = document.createElement("video");
  return withMedia(video, file, async () => {
    const { videoWidth: w, videoHeight: h } = video;
    const info = lengthOf(video);
    if (w === 0) return { info };
    const frame = await createImageBitmap(video);
    const thumb = await thumbnailOf(frame);
    const tint = tintOf(frame);
    frame.close();
    return { thumb, info: { ...info, w, h, tint } };
  });
}

/** Reads the length of a recording; of a voice message also its wave. */
export async function prepareSound(file: Blob, { isVoice }: PrepareOptions): Promise<Enriched> {
  if (isVoice && file.size <= WAVE_BYTES_MAX) {
    const sound = await decodedSound(file);
    if (sound) {
      const ms = Math.max(1, Math.round(sound.duration * 1000));
      const peaks = peaksOf(sound.getChannelData(0), FILE_PEAKS_MAX);
      return { info: { ms, peaks } };
    }
  }
  const audio = document.createElement("audio");
  return withMedia(audio, file, async () => ({ info: lengthOf(audio) }));
}

async function decodedSound(file: Blob): Promise<AudioBuffer | undefined> {
  const context = new AudioContext();
  try {
    return await context.decodeAudioData(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  } finally {
    await context.close();
  }
}

/**
 * The wave of a sound: a digit for each of so many bars, 0 to 9, the loudest of all is 9.
 * @param samples from -1 to 1
 */
function peaksOf(samples: Float32Array, bars: number): string {
  const span = Math.max(1, Math.floor(samples.length / bars));
  const count = Math.min(bars, Math.ceil(samples.length / span));
  const peaks = Array.from({ length: count }, (_, bar) => {
    let peak = 0;
    for (let at = bar * span; at < Math.min(samples.length, (bar + 1) * span); at += 1) {
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    }
    return peak;
  });
  const loudest = Math.max(...peaks, 0.01);
  return peaks.map((peak) => Math.round((peak / loudest) * 9)).join("") || "0";
}

/** A recording of a browser may not say how long it is. */
function lengthOf({ duration }: HTMLMediaElement): { readonly ms?: number } {
  const ms = Math.round(duration * 1000);
  return Number.isFinite(ms) && ms > 0 && ms <= FILE_MS_MAX ? { ms } : {};
}

/** Opens a recording, and reads from it; undefined if the browser cannot play it. */
async function withMedia(
  media: HTMLMediaElement,
  file: Blob,
  read: () => Promise<Enriched>,
): Promise<Enriched> {
  const url = URL.createObjectURL(file);
  const opened = new Promise<boolean>((resolve) => {
    media.addEventListener("loadeddata", () => resolve(true));
    media.addEventListener("error", () => resolve(false));
    setTimeout(() => resolve(false), READ_WITHIN_MS);
  });
  media.muted = true;
  media.preload = "auto";
  media.src = url;
  try {
    return (await opened) ? await read() : undefined;
  } finally {
    media.removeAttribute("src");
    media.load();
    URL.revokeObjectURL(url);
  }
}
