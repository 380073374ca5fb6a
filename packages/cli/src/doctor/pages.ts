import { PROTOCOL_VERSION } from "@parley/protocol";
import { ask, objectIn, shownOf, type HttpAnswer } from "./ask.ts";
import { away, fail, goesOn, ok, warn, type Finding } from "./finding.ts";

/** A greater difference between the clocks is reported, in ms; the header has whole seconds. */
const CLOCK_MS = 5_000;

/** Checks what the server says of itself. Stops if it is no Parley, or not ready. */
export async function* checkPages(server: URL): AsyncGenerator<Finding> {
  const health = await ask(new URL("healthz", server));
  const now = Date.now();
  const found = healthFinding(health);
  yield found;
  if (!goesOn(found) || typeof health === "string") return;
  yield readyFinding(await ask(new URL("readyz", server)));
  yield aboutFinding(await ask(new URL("about.json", server)));
  yield clockFinding(health, now);
}

function healthFinding(answer: HttpAnswer | string): Finding {
  if (typeof answer !== "string") {
    const { status, text } = answer;
    if (status === 200 && text === "ok\n") return ok("/healthz", "The process lives.");
    if (status === 429) {
      return away("/healthz", shownOf(answer), "Wait a minute: something limits this address.");
    }
    if (status >= 300 && status < 400) {
      const to = answer.headers.get("location") ?? "elsewhere";
      return fail("/healthz", `It leads to ${to}.`, "Give the address that it leads to.");
    }
    if (status < 500) {
      return fail("/healthz", shownOf(answer), "This is no Parley: check host, port and path.");
    }
  }
  return away("/healthz", shownOf(answer), "Start the server; the proxy reaches none.");
}

function readyFinding(answer: HttpAnswer | string): Finding {
  if (typeof answer !== "string" && answer.status === 200) return ok("/readyz", "It serves.");
  return away(
    "/readyz",
    shownOf(answer),
    "docs/operations.md says what each word means and what to do.",
  );
}

function aboutFinding(answer: HttpAnswer | string): Finding {
  const about = typeof answer === "string" ? undefined : objectIn(answer.text);
  const version = about?.["protocolVersion"];
  if (typeof version !== "string") {
    return warn(
      "version",
      `/about.json: ${shownOf(answer)}`,
      "The server is an old one: update it.",
    );
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [ownMajor = 0, ownMinor = 0] = PROTOCOL_VERSION.split(".").map(Number);
  const text = `Protocol ${version}; this program speaks ${PROTOCOL_VERSION}.`;
  if (major !== ownMajor) {
    return fail("version", text, `Update ${major > ownMajor ? "this program" : "the server"}.`);
  }
  if (minor < ownMinor) return warn("version", text, "Update the server: it lacks what is newer.");
  return ok("version", text);
}

/** @param now in ms since 1970, when the answer arrived */
export function clockFinding({ headers, ms }: HttpAnswer, now: number): Finding {
  const at = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(at))
    return warn("clock", "The answer has no date.", "Let the proxy pass it on.");
  // The header was written at some moment of a second, halfway through the request on average.
  const apart = now - ms / 2 - (at + 500);
  const isSame = Math.abs(apart) <= CLOCK_MS + ms / 2;
  const seconds = Math.round(Math.abs(apart) / 1_000);
  if (isSame) return ok("clock", "The same as here, within 5 s.");
  return warn(
    "clock",
    `${seconds} s ${apart > 0 ? "behind" : "ahead of"} this machine's.`,
    "Let both machines take their time by NTP: messages show the server's.",
  );
}
