import { ServerProcess, type ServerSettings } from "../server-process.ts";
import type { Outcome, Round, Stage } from "./scenario.ts";

/** A stage with one server, whose rounds follow one another on it. */
export async function onOneServer(
  play: (server: ServerProcess, round: Round) => Promise<Outcome>,
  settings?: ServerSettings,
): Promise<Stage> {
  const server = await ServerProcess.start(settings);
  return {
    play: (round) => play(server, round),
    async finish() {
      await server.dispose();
      return [];
    },
  };
}
