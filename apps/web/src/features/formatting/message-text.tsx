import { unreachable } from "@parley/protocol";
import { type ReactNode, useMemo } from "react";
import { useRoom } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { AddressLink } from "./address-link.tsx";
import { CODE_BLOCK_ELEMENTS } from "./code.ts";
import { type FindMentions, firstMentions, mentionsOf } from "./mentions.ts";
import { useDrawing, type Pen } from "./use-drawing.ts";
import type { Block, Inline, ListItem } from "./tree.ts";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCopy } from "../../ui/copy.ts";
import { lazyComponent } from "../../ui/lazy.tsx";

/** The most mentions of the user that are marked in one message. */
const MENTIONS_MAX = 50;

/** The formatted text of a message, never HTML. The user's name is marked in messages of others. */
export function MessageText({ text, mine }: { text: string; mine: boolean }) {
  const ownName = useRoom(({ people }) => (mine ? "" : (people?.self.name ?? "")));
  const findMentions = useMemo(() => mentionsOf(ownName), [ownName]);
  const drawn = useDrawing(text, (blocks, pen) =>
    drawBlocks(blocks, { pen, findMentions: firstMentions(MENTIONS_MAX, findMentions) }),
  );
  return <div className="min-w-0 space-y-1.5 wrap-anywhere">{drawn}</div>;
}

/** What drawing a message needs. */
interface Tools {
  /** What exceeds its units is left out. */
  readonly pen: Pen;
  /** Finds the user's own name, to mark it. */
  readonly findMentions: FindMentions;
}

/** Draws parsed blocks as React nodes. Text stays text, so no message can add markup. */
export function drawBlocks(blocks: readonly Block[], tools: Tools): ReactNode {
  return blocks.map((block, at) => {
    const elements = block.is === "code-block" ? CODE_BLOCK_ELEMENTS : 1;
    return tools.pen.element(elements) ? drawBlock(block, at, tools) : undefined;
  });
}

function drawBlock(block: Block, key: number, tools: Tools): ReactNode {
  switch (block.is) {
    case "paragraph":
      return (
        // Each line has the direction of its own script.
        <p
          key={key}
          className={classNames(
            "whitespace-pre-wrap [unicode-bidi:plaintext]",
            block.goesOn && "mb-0!",
          )}
        >
          {drawParts(block.parts, tools)}
        </p>
      );
    case "quote":
      return (
        <blockquote
          key={key}
          dir="auto"
          className="space-y-1.5 border-s-3 border-edge ps-3 text-ink-soft"
        >
          {drawBlocks(block.blocks, tools)}
        </blockquote>
      );
    case "list":
      return block.ordered ? (
        <ol key={key} dir="auto" className="list-outside list-decimal ps-7">
          {drawItems(block.items, tools)}
        </ol>
      ) : (
        <ul key={key} dir="auto" className="list-outside list-disc ps-5">
          {drawItems(block.items, tools)}
        </ul>
      );
    case "code-block":
      return (
        <CodeBlock
          key={key}
          text={block.text}
          drawn={tools.pen.write(block.text)}
          language={block.language}
        />
      );
    default:
      return unreachable(block);
  }
}

function drawItems(items: readonly ListItem[], tools: Tools): ReactNode {
  return items.map(
    ({ number, blocks }, at) =>
      tools.pen.element() && (
        // The entries of a list never move.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at} value={number} className="ps-0.5 marker:text-ink-faint">
          {drawBlocks(blocks, tools)}
        </li>
      ),
  );
}

function drawParts(parts: readonly Inline[], tools: Tools): ReactNode {
  return parts.map((part, at) => drawPart(part, at, tools));
}

function drawPart(part: Inline, key: number, tools: Tools): ReactNode {
  if (part.is === "text") return drawText(tools.pen.write(part.text), key, tools.findMentions);
  if (!tools.pen.element()) return undefined;
  switch (part.is) {
    case "code":
      return (
        // No taller than its line, whose height is whole pixels.
        <code
          key={key}
          className="rounded-tip bg-code px-1 py-px font-mono text-[0.875em] leading-none"
        >
          {tools.pen.write(part.text)}
        </code>
      );
    case "link":
      return (
        <AddressLink key={key} address={part.address}>
          {tools.pen.write(part.address)}
        </AddressLink>
      );
    case "strong":
      return <strong key={key}>{drawParts(part.parts, tools)}</strong>;
    case "emphasis":
      return <em key={key}>{drawParts(part.parts, tools)}</em>;
    case "strike":
      return <del key={key}>{drawParts(part.parts, tools)}</del>;
    default:
      return unreachable(part);
  }
}

/** Text with the user's own name marked. */
function drawText(text: string, key: number, findMentions: FindMentions): ReactNode {
  const mentions = findMentions(text);
  if (mentions.length === 0) return text;
  const drawn: ReactNode[] = [];
  let from = 0;
  for (const mention of mentions) {
    drawn.push(
      text.slice(from, mention.from),
      <mark
        key={`${key}-${mention.from}`}
        className="rounded-tip bg-signal px-0.5 font-semibold text-on-signal"
      >
        {text.slice(mention.from, mention.to)}
      </mark>,
    );
    from = mention.to;
  }
  return [...drawn, text.slice(from)];
}

/** Code as it was written. It scrolls sideways and can be copied. */
function CodeBlock({
  text,
  drawn,
  language,
}: {
  text: string;
  /** The part that is drawn so far; it gets its colours once it is complete. */
  drawn: string;
  language: string | undefined;
}) {
  const isWhole = drawn === text && language !== undefined;
  const { copied, copy } = useCopy(text);
  return (
    <div dir="ltr" className="max-w-full min-w-0 overflow-clip rounded-sm bg-code">
      <div className="flex h-8 touch:h-11 items-center justify-between gap-3 ps-3 pe-1 text-xs text-ink-soft select-none">
        <span className="truncate font-mono">{language}</span>
        <button
          type="button"
          aria-label="Copy code"
          onClick={copy}
          className="flex h-7 touch:h-11 shrink-0 items-center gap-1 rounded-sm px-2 font-semibold transition-colors hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
        >
          {copied ? (
            <IconCheck aria-hidden="true" size={14} stroke={2} />
          ) : (
            <IconCopy aria-hidden="true" size={14} stroke={1.8} />
          )}
          <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
        </button>
      </div>
      <pre
        role="group"
        aria-label={language === undefined ? "Code" : `Code, ${language}`}
        // Lets the keyboard scroll long lines.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scrolls-aside px-3 pb-2.5 font-mono text-sm leading-5 focus-visible:-outline-offset-2"
      >
        <code>{isWhole ? <LazyColouredCode code={text} named={language} /> : drawn}</code>
      </pre>
    </div>
  );
}

/** Loaded with the first code in a language. Until then, or if loading fails, code is plain. */
const LazyColouredCode = lazyComponent(
  async () => (await import("./coloured-code.tsx")).ColouredCode,
  PlainCode,
  PlainCode,
);

function PlainCode({ code }: { code: string; named: string }) {
  return code;
}
