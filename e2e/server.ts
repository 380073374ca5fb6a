import { fileURLToPath } from "node:url";
import { ServerProcess, type ServerSettings } from "@parley/testkit/server-process";

/** This repository's own server. */
const MAIN = fileURLToPath(import.meta.resolve("@parley/server/main"));

/** Starts a server whose log explains a failed test. */
export function startServer({
  env,
  ...settings
}: Partial<ServerSettings> = {}): Promise<ServerProcess> {
  return ServerProcess.start({ main: MAIN, env: { LOG_LEVEL: "info", ...env }, ...settings });
}
