import { markShapes } from "../../ui/brand.tsx";

/** The tab's icon without a badge. */
const PLAIN_ICON = "/favicon.svg";
/** The side of the drawing, in px; twice what most tabs show. */
const SIDE_PX = 64;
/** A higher count is shown as this and a plus, because a second digit does not fit. */
const COUNT_MAX = 9;
/** The colours of the mark and of its badge, as in public/favicon.svg. */
const colours = {
  blue: "#2f66d0",
  yellow: "#fbd13d",
  navy: "#101f3e",
  badge: "#d92f27",
  figure: "#ffffff",
} as const;

/**
 * The title of the tab: the room, and the number of unread messages.
 * @param called the room's name or, without one, its code
 */
export function tabTitle(called: string, unread: number): string {
  const room = `${called} · Parley`;
  return unread > 0 ? `(${unread}) ${room}` : room;
}

/** The text of the badge; empty if nothing is unread. */
export function badgeText(unread: number): string {
  if (unread === 0) return "";
  return unread > COUNT_MAX ? `${COUNT_MAX}+` : String(unread);
}

/** Puts a badge on the tab's icon; removes it if the text is empty. */
export function showBadge(text: string): void {
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const drawn = text === "" ? undefined : drawBadge(text);
  if (!icon) return;
  icon.type = drawn === undefined ? "image/svg+xml" : "image/png";
  icon.href = drawn ?? PLAIN_ICON;
}

/** The mark with a badge, as the address of a PNG; undefined if the browser cannot draw. */
function drawBadge(text: string): string | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE_PX;
  canvas.height = SIDE_PX;
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  for (const shape of ["blue", "yellow", "navy"] as const) {
    pen.fillStyle = colours[shape];
    const path = new Path2D(markShapes[shape]);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- this `fill` is not that of an array
    pen.fill(path);
  }
  const [x, y, radius] = [42, 42, 21];
  // A gap between mark and badge that fits any colour of the tab.
  pen.globalCompositeOperation = "destination-out";
  disc(pen, x, y, radius + 4);
  pen.globalCompositeOperation = "source-over";
  pen.fillStyle = colours.badge;
  disc(pen, x, y, radius);
  pen.fillStyle = colours.figure;
  pen.font = `bold ${text.length > 1 ? 26 : 32}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, x, y + 2);
  return canvas.toDataURL("image/png");
}

function disc(pen: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}
