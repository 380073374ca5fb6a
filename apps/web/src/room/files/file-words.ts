import type { FileInfo } from "@parley/protocol";

/** A size for people, such as `1.2 MB`; decimal, as systems show it. */
export function megabytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const isFine = unit > 0 && value < 10;
  return `${isFine ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${units[unit]}`;
}

/** A time for people, such as `1:05`. */
export function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)}:${rest < 10 ? "0" : ""}${rest}`;
}

/** How long something takes, for people, such as `20 s` or `3 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** Where a file is: its name in the address is for people. */
export function fileUrl({ id, name }: Pick<FileInfo, "id" | "name">): string {
  return `/files/${id}/${encodeURIComponent(name)}`;
}

export function thumbUrl({ id }: Pick<FileInfo, "id">): string {
  return `/files/${id}/thumb`;
}
