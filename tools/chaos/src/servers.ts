import { fileURLToPath } from "node:url";
import { ServerProcess, type ServerSettings } from "@parley/testkit/server-process";

/** The server as it is shipped. */
const MAIN = fileURLToPath(import.meta.resolve("@parley/server/main"));

/** Starts the shipped server, or another program in its place. */
export function startServer(settings: Partial<ServerSettings> = {}): Promise<ServerProcess> {
  return ServerProcess.start({ main: MAIN, ...settings });
}
