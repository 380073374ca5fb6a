import { basename } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Person } from "./people.ts";

/** A file as Playwright gives it to a page. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A picture of this size, in px, that the browser itself draws. */
export async function picture(
  { page }: Person,
  name: string,
  [width, height]: readonly [number, number],
): Promise<GivenFile> {
  const mimeType = name.endsWith(".jpg") ? "image/jpeg" : "image/png";
  const base64 = await page.evaluate(drawn, { width, height, mimeType });
  return { name, mimeType, buffer: Buffer.from(base64, "base64") };
}

async function drawn(wanted: { width: number; height: number; mimeType: string }): Promise<string> {
  const { width, height, mimeType } = wanted;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("There is nothing to draw with.");
  for (let stripe = 0; stripe < 20; stripe += 1) {
    pen.fillStyle = `hsl(${stripe * 18} 70% 50%)`;
    pen.fillRect((stripe * width) / 20, 0, width / 20, height);
  }
  const bytes = new Uint8Array(
    await (await canvas.convertToBlob({ type: mimeType })).arrayBuffer(),
  );
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Sends what is in the box and the tray, by the button. */
export const send = ({ page }: Pick<Person, "page">) =>
  page.getByRole("button", { name: "Send", exact: true }).click();

/** Chooses files with the system's own dialog. They are then in the tray. */
export async function attach(page: Page, ...files: GivenFile[]): Promise<void> {
  await choose(page, files);
  for (const { name } of files) await isInTray(page, name);
}

/** The same with a file on disk: 25 MB and more are slow to pass to a page. */
export async function attachFromDisk(page: Page, path: string): Promise<void> {
  await choose(page, path);
  await isInTray(page, basename(path));
}

async function choose(page: Page, files: GivenFile[] | string): Promise<void> {
  await page.getByRole("button", { name: "Attach" }).click();
  const dialog = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: "Photos and files" }).click();
  await (await dialog).setFiles(files);
}

async function isInTray(page: Page, name: string): Promise<void> {
  const tray = page.getByRole("region", { name: "Files to send" });
  await expect(tray.getByRole("button", { name: `Remove ${name}`, exact: true })).toBeVisible();
}

/** Bytes that no compression makes smaller; the same for the same seed. */
export function noise(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
