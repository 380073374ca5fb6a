import { expect, it, onTestFinished, vi } from "vitest";
import { thumbnailOf } from "./picture.ts";

/** A canvas of one colour in a browser that writes no WebP; JPEG shows what is transparent as black. */
class CanvasWithoutWebP {
  #colour = "transparent";
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  getContext() {
    const paint = (colour: string) => {
      this.#colour = colour;
    };
    const isClear = () => this.#colour === "transparent";
    return {
      globalCompositeOperation: "source-over",
      fillStyle: "#000",
      drawImage: ({ colour }: { colour: string }) => colour !== "transparent" && paint(colour),
      fillRect() {
        if (this.globalCompositeOperation === "source-over" || isClear()) paint(this.fillStyle);
      },
    };
  }

  async convertToBlob({ type }: { type: string }): Promise<Blob> {
    if (type !== "image/jpeg") return new Blob([this.#colour], { type: "image/png" });
    return new Blob([this.#colour === "transparent" ? "#000" : this.#colour], { type });
  }
}

it.each([
  ["transparent", "#fff"],
  ["#123456", "#123456"],
])("writes a picture that is %s as %s where it must be a JPEG", async (colour, shown) => {
  vi.stubGlobal("OffscreenCanvas", CanvasWithoutWebP);
  onTestFinished(() => void vi.unstubAllGlobals());
  const picture = { width: 640, height: 480, colour } as unknown as ImageBitmap;
  const thumb = await thumbnailOf(picture);
  expect(thumb?.type).toBe("image/jpeg");
  expect(await thumb?.text()).toBe(shown);
});
