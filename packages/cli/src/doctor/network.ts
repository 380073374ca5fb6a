import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { reasonOf } from "./ask.ts";
import { away, fail, goesOn, ok, warn, type Finding } from "./finding.ts";

const CONNECT_WITHIN_MS = 10_000;
const DAY_MS = 86_400_000;
/** A certificate that expires sooner is reported, in days. */
const CERTIFICATE_DAYS = 14;

/** Checks the server's name, port and certificate. Stops at the first that fails. */
export async function* checkNetwork(server: URL): AsyncGenerator<Finding> {
  const host = server.hostname.replace(/^\[(.*)\]$/, "$1");
  const isSecure = server.protocol === "https:";
  const port = Number(server.port) || (isSecure ? 443 : 80);
  for (const check of [checkName, checkPort, isSecure ? checkCertificate : checkPlain]) {
    const finding = await check(host, port);
    yield finding;
    if (!goesOn(finding)) return;
  }
}

async function checkName(host: string): Promise<Finding> {
  if (isIP(host)) return ok("name", `${host} is an address.`);
  try {
    const addresses = await lookup(host, { all: true });
    return ok("name", `${host} is ${addresses.map(({ address }) => address).join(", ")}.`);
  } catch (error) {
    const why = reasonOf(error);
    const text = `${host} has no address (${why}).`;
    const advice = "Check the spelling, and the DNS records of the name.";
    return why === "EAI_AGAIN" ? away("name", text, advice) : fail("name", text, advice);
  }
}

async function checkPort(host: string, port: number): Promise<Finding> {
  const socket = connect({ host, port });
  try {
    const from = performance.now();
    await once(socket, "connect", { signal: AbortSignal.timeout(CONNECT_WITHIN_MS) });
    return ok(
      "port",
      `${port} takes connections, within ${Math.ceil(performance.now() - from)} ms.`,
    );
  } catch (error) {
    return away(
      "port",
      `${port} takes no connection (${reasonOf(error)}).`,
      "Start the server or its proxy, and let the port through the firewall.",
    );
  } finally {
    socket.destroy();
  }
}

async function checkCertificate(host: string, port: number): Promise<Finding> {
  const servername = isIP(host) ? {} : { servername: host };
  const socket = connectTls({ host, port, ...servername });
  try {
    await once(socket, "secureConnect", { signal: AbortSignal.timeout(CONNECT_WITHIN_MS) });
    const { valid_to: end } = socket.getPeerCertificate();
    const days = Math.floor((Date.parse(end) - Date.now()) / DAY_MS);
    const text = `${socket.getProtocol() ?? "TLS"}, the certificate ends in ${days} days.`;
    if (days >= CERTIFICATE_DAYS) return ok("TLS", text);
    return warn("TLS", text, "Renew it, and check that what renews it runs.");
  } catch (error) {
    return fail(
      "TLS",
      `No trusted connection (${reasonOf(error)}).`,
      "Give the proxy a certificate for this name, with all of its chain.",
    );
  } finally {
    socket.destroy();
  }
}

async function checkPlain(host: string): Promise<Finding> {
  if (/^(localhost|127\.|::1$)/.test(host)) return ok("TLS", "None, as on this machine.");
  return warn(
    "TLS",
    "None: everybody on the way can read and change what is said.",
    "Put a proxy that speaks HTTPS in front: see docs/deployment.md.",
  );
}
