import { pino } from "pino";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { memoryBackend } from "../src/backends/memory/backend.ts";

/**
 * A program: a server that serves the web app of the directory that it is given, and says its port
 * to its parent. It ends with its parent.
 */
const [, , webDirectory = ""] = process.argv;
const config = readConfig({ LIMITS: "off", PORT: "0", HOST: "127.0.0.1" });
const logger = pino({ level: "silent" });
const app = createApp({ config, logger, backend: memoryBackend(), webDirectory });
process.once("disconnect", () => process.exit(0));
process.send?.(await app.listen());
