import { generateEntryId } from "@parley/protocol";
import { checkBodies, checkEvents, checkPoll } from "../doctor/api.ts";
import { exitCodeOf, goesOn, linesOf, type Finding } from "../doctor/finding.ts";
import { checkNetwork } from "../doctor/network.ts";
import { checkPages } from "../doctor/pages.ts";
import { checkEcho, checkUpgrade } from "../doctor/socket.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeLine } from "../output.ts";

/** Checks a server and what is in front of it, one line for each check, in a room of its own. */
export async function doctor(server: URL, waitSeconds: number): Promise<ExitCode> {
  const findings: Finding[] = [];
  for await (const finding of findingsOf(server, waitSeconds)) {
    findings.push(finding);
    for (const line of linesOf(finding)) writeLine(line);
  }
  return exitCodeOf(findings);
}

/** All checks; after a failed one on the way to the server, those behind it are skipped. */
async function* findingsOf(server: URL, waitSeconds: number): AsyncGenerator<Finding> {
  for (const checks of [checkNetwork, checkPages]) {
    let last: Finding | undefined;
    for await (const finding of checks(server)) {
      yield finding;
      last = finding;
    }
    if (last && !goesOn(last)) return;
  }
  const code = `doctor-${generateEntryId()}`.slice(0, 30).toLowerCase();
  const room = new URL(`api/rooms/${code}/`, server);
  const upgrade = await checkUpgrade(server);
  yield upgrade;
  if (goesOn(upgrade)) yield checkEcho(server, code);
  yield* checkBodies(room);
  yield checkEvents(room);
  yield checkPoll(room, waitSeconds);
}
