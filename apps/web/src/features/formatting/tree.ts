import { unreachable } from "@parley/protocol";

/** The styles of text. */
export type Style = "strong" | "emphasis" | "strike";

/** A part of a line. Line breaks and spaces of `text` are shown as they are. */
export type Inline =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "code"; readonly text: string }
  /** The address is its own text, so that the user always sees where it leads. */
  | { readonly is: "link"; readonly address: string }
  | { readonly is: Style; readonly parts: readonly Inline[] };

/** One entry of a list; `number` as it was written, missing in a bullet list. */
export interface ListItem {
  readonly number?: number;
  readonly blocks: readonly Block[];
}

/** A part of a message made of whole lines. */
export type Block =
  /** `goesOn`: the next paragraph is its rest; as one, they would take longer than a frame. */
  | { readonly is: "paragraph"; readonly parts: readonly Inline[]; readonly goesOn?: boolean }
  | { readonly is: "quote"; readonly blocks: readonly Block[] }
  | { readonly is: "list"; readonly ordered: boolean; readonly items: readonly ListItem[] }
  /** `language` as it was written, in lower case. */
  | { readonly is: "code-block"; readonly language?: string; readonly text: string };

/** The text of a message without its markers, for places without formatting. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(textOfBlock).join("\n");
}

function textOfBlock(block: Block): string {
  switch (block.is) {
    case "paragraph":
      return textOfParts(block.parts);
    case "quote":
      return plainText(block.blocks);
    case "list":
      return block.items.map(textOfItem).join("\n");
    case "code-block":
      return block.text;
    default:
      return unreachable(block);
  }
}

function textOfItem({ number, blocks }: ListItem): string {
  return number === undefined ? plainText(blocks) : `${number}. ${plainText(blocks)}`;
}

function textOfParts(parts: readonly Inline[]): string {
  return parts.map(textOfInline).join("");
}

function textOfInline(part: Inline): string {
  switch (part.is) {
    case "text":
    case "code":
      return part.text;
    case "link":
      return part.address;
    case "strong":
    case "emphasis":
    case "strike":
      return textOfParts(part.parts);
    default:
      return unreachable(part);
  }
}

/** A block that was read from some lines, and the index of the next line. */
export interface ReadBlock {
  readonly block: Block;
  readonly next: number;
}

/** Parses the lines inside a quote or a list. */
export type ReadInside = (lines: readonly string[]) => readonly Block[];

/** How many elements one message may take: more than people write, few enough for one frame. */
export const ELEMENTS_MAX = 250;

/** The elements that a message may still take. When they run out, the rest is plain text. */
export class Budget {
  #left = ELEMENTS_MAX;

  /** @returns whether this many were left */
  take(elements: number): boolean {
    const suffices = elements <= this.#left;
    this.#left = suffices ? this.#left - elements : 0;
    return suffices;
  }
}
