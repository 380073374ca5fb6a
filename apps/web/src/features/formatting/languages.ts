/** The languages that are coloured, each with the names that people use. */
const NAMES = {
  javascript: ["javascript", "js", "jsx", "mjs", "cjs"],
  typescript: ["typescript", "ts", "tsx", "mts", "cts"],
  python: ["python", "py"],
  bash: ["bash", "sh", "shell", "zsh"],
  json: ["json", "jsonc"],
  xml: ["xml", "html", "svg", "vue"],
  css: ["css"],
  sql: ["sql"],
} as const;

export type Language = keyof typeof NAMES;

const languages = new Map<string, Language>(
  Object.entries(NAMES).flatMap(([language, names]) =>
    names.map((name) => [name, language as Language] as const),
  ),
);

/**
 * The language that was written beside a fence.
 * @param name in lower case
 * @returns undefined for a language that is not coloured
 */
export function languageNamed(name: string): Language | undefined {
  return languages.get(name);
}
