import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** Files whose content is text; pictures are compressed already. */
const TEXT = /\.(?:html|js|css|json|svg|webmanifest)$/;
/** Smaller files, in bytes, fit into a packet or two as they are. */
const WORTH_BYTES = 1024;

/** Puts a `.br` and a `.gz` beside each text of the build, for servers that look for them. */
export function precompress(): Plugin {
  return {
    name: "parley:precompress",
    apply: "build",
    enforce: "post",
    async writeBundle({ dir = "dist" }) {
      const entries = await readdir(dir, { recursive: true, withFileTypes: true });
      const texts = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name));
      await Promise.all(texts.map((entry) => compress(join(entry.parentPath, entry.name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const text = await readFile(path);
  if (text.length < WORTH_BYTES) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await Promise.all([
    promisify(brotliCompress)(text, { params: quality }).then((br) => writeFile(`${path}.br`, br)),
    promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }).then((gz) =>
      writeFile(`${path}.gz`, gz),
    ),
  ]);
}
