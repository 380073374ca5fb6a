import type { ServerProcess, ServerSettings } from "@parley/testkit/server-process";
import type { Outcome, Round, RunningScenario } from "./scenario.ts";
import { startServer } from "../servers.ts";

/**
 * A stage with one server for all its rounds.
 * @param close called at the end, to close what the scenario added
 */
export async function onOneServer(
  play: (server: ServerProcess, round: Round) => Promise<Outcome>,
  settings?: Partial<ServerSettings>,
  close: () => Promise<void> = async () => {},
): Promise<RunningScenario> {
  const server = await startServer(settings);
  return {
    play: (round) => play(server, round),
    async finish() {
      await server.dispose();
      await close();
      return [];
    },
  };
}
