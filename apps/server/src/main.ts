import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Compiling is half of the CPU of a start, and who comes back after a restart waits for it. What Node
// keeps of it serves the next start. The log's worker reads the variable; where the folder cannot
// be written, nothing is kept.
const folder = new URL("../../../node_modules/.cache/node", import.meta.url);
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(folder);
enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
await import("./serve.ts");
