import { fileURLToPath } from "node:url";
import { ServerProcess, type ServerSettings } from "@parley/testkit/server-process";

/** This repository's own server. */
const MAIN = fileURLToPath(import.meta.resolve("@parley/server/main"));

/** Starts a server that writes enough to explain a test that failed. */
export function startServer({
  env,
  ...settings
}: Partial<ServerSettings> = {}): Promise<ServerProcess> {
  return ServerProcess.start({ main: MAIN, env: { LOG_LEVEL: "info", ...env }, ...settings });
}
