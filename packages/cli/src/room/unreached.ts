import { objectIn } from "../doctor/ask.ts";
import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { unlessLost } from "./answer.ts";

/** How long the server may take to say what it is, in ms. */
const WITHIN_MS = 5_000;

/**
 * Says why a server is not there to which no connection succeeded.
 * @returns refused if something else answers at its address
 */
export async function noteUnreached(server: URL): Promise<ExitCode> {
  if (await noteNoParley(server)) return ExitCode.refused;
  note(`${plainLine(server.href)} is away. Try again later.`);
  noteDoctor(server);
  return ExitCode.tryAgain;
}

/** Says so if something answers at the address that is no Parley, and no proxy of one. */
export async function noteNoParley(server: URL): Promise<boolean> {
  const signal = AbortSignal.timeout(WITHIN_MS);
  const about = new URL("about.json", server);
  const response = await unlessLost(fetch(about, { redirect: "manual", signal }));
  // A proxy whose server is away answers for it.
  if (!response || response.status >= 500 || response.status === 429) return false;
  const text = await unlessLost(response.text());
  if (text === undefined || objectIn(text)?.["protocolVersion"] !== undefined) return false;
  const status = response.ok ? "" : ` (${response.status})`;
  note(`There is no Parley at ${plainLine(server.href)}${status}.`);
  return true;
}

/** Names the command that finds out why a server cannot be reached. */
export function noteDoctor(server: URL): void {
  note(`\`parley doctor ${plainLine(server.href)}\` says why.`);
}
