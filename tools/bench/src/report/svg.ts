/** A piece of SVG that is safe to insert into another. */
export interface Svg {
  readonly markup: string;
}

type Attributes = Readonly<Record<string, string | number>>;

/** An element with attributes and children; text children are escaped. */
export function element(
  name: string,
  attributes: Attributes,
  ...children: readonly (Svg | string)[]
): Svg {
  const open = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(`${value}`)}"`)
    .join("");
  const inside = children.map((child) =>
    typeof child === "string" ? escaped(child) : child.markup,
  );
  return { markup: `<${name}${open}>${inside.join("")}</${name}>` };
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
