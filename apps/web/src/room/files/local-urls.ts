/** How many files of this page keep an address of their own. */
const KEPT_MAX = 100;

/** The addresses of files that this page sent, the oldest first. */
const urls = new Map<string, string>();

/** Gives the bytes of a file an address in this page, so that it shows them without a download. */
export function keepLocalUrl(id: string, bytes: Blob): string {
  const known = urls.get(id);
  if (known !== undefined) return known;
  const url = URL.createObjectURL(bytes);
  urls.set(id, url);
  const [oldest] = urls.keys();
  if (urls.size > KEPT_MAX && oldest !== undefined) {
    URL.revokeObjectURL(urls.get(oldest) ?? "");
    urls.delete(oldest);
  }
  return url;
}

/** The address of a file in this page, if it has one. */
export function localUrl(id: string): string | undefined {
  return urls.get(id);
}
