/** A stretch of a message, from `at` (a UTF-16 unit) on: plain text, or an address to go to. */
export type Stretch =
  | { readonly is: "text"; readonly at: number; readonly text: string }
  | { readonly is: "link"; readonly at: number; readonly text: string };

const ADDRESS = /https?:\/\/[^\s<>"]+/giu;
const CLOSERS: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

/**
 * Parts a message into text and web addresses (`http` and `https` only). Punctuation that ends the
 * sentence is not part of the address; brackets are, where they come in pairs.
 * Runs in time proportional to the text.
 */
export function linkify(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimEnd(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > from) {
      stretches.push({ is: "text", at: from, text: text.slice(from, match.index) });
    }
    stretches.push({ is: "link", at: match.index, text: address });
    from = match.index + address.length;
  }
  if (from < text.length) stretches.push({ is: "text", at: from, text: text.slice(from) });
  return stretches;
}

function trimEnd(address: string): string {
  const open: Record<string, number> = {};
  for (const sign of address) open[sign] = (open[sign] ?? 0) + 1;
  let end = address.length;
  while (end > 0) {
    const sign = address.charAt(end - 1);
    const opener = CLOSERS[sign];
    const unpaired = opener !== undefined && (open[sign] ?? 0) > (open[opener] ?? 0);
    if (!unpaired && !/[.,;:!?'*_~]/.test(sign)) break;
    open[sign] = (open[sign] ?? 0) - 1;
    end -= 1;
  }
  return address.slice(0, end);
}
