import { unreachable } from "@parley/protocol";

/** The styles that a stretch of text can have. */
export type Style = "strong" | "emphasis" | "strike";

/** A part of a line. Line breaks and spaces of `text` are shown as they are. */
export type Inline =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "code"; readonly text: string }
  /** The reader always sees where it leads: the address is its own text. */
  | { readonly is: "link"; readonly address: string }
  | { readonly is: Style; readonly parts: readonly Inline[] };

/** One entry of a list; `number` as it was written, absent in a list of bullets. */
export interface ListItem {
  readonly number?: number;
  readonly blocks: readonly Block[];
}

/** A part of a message, from its first line to its last. */
export type Block =
  /** `goesOn`: the next one is its rest; as one, they would take longer than a frame to lay out. */
  | { readonly is: "paragraph"; readonly parts: readonly Inline[]; readonly goesOn?: boolean }
  | { readonly is: "quote"; readonly blocks: readonly Block[] }
  | { readonly is: "list"; readonly ordered: boolean; readonly items: readonly ListItem[] }
  /** `language` as it was written, in lower case. */
  | { readonly is: "code-block"; readonly language?: string; readonly text: string };

/** What a message says, without its markers: for where there is no formatting. */
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

/** A block that was read from some lines, and the line after it. */
export interface Read {
  readonly block: Block;
  readonly next: number;
}

/** Turns the lines inside a quote or a list into blocks. */
export type ReadInside = (lines: readonly string[]) => readonly Block[];
