#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Half of the CPU of a short command went into compiling it. What the cache is for is imported later.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url)));
await import("./cli.ts");
