/** How much structure a JSON text has. For a text that is not JSON, the figures mean nothing. */
export interface JsonShape {
  /** The deepest nesting of objects and arrays. */
  readonly depth: number;
  /** The number of objects, arrays and fields. */
  readonly parts: number;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Measures a JSON text before it is parsed: one pass over its UTF-16 units, without recursion and
 * without allocating.
 */
export function shapeOf(json: string): JsonShape {
  let depth = 0;
  let deepest = 0;
  let parts = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case OPEN_BRACKET:
      case OPEN_BRACE:
        depth += 1;
        parts += 1;
        if (depth > deepest) deepest = depth;
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        depth -= 1;
        break;
      case COLON:
        parts += 1;
        break;
      default:
    }
  }
  return { depth: deepest, parts };
}

/**
 * Where the string that begins at `from` ends: at its closing quote, or past the end of the text.
 */
function endOfString(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length) {
    const unit = json.charCodeAt(at);
    if (unit === QUOTE) return at;
    at += unit === BACKSLASH ? 2 : 1;
  }
  return at;
}
