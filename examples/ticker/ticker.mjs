// Says a price in a room every second: PARLEY_URL=http://localhost:8080 ROOM=prices node ticker.mjs
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const { PARLEY_URL = "http://localhost:8080", ROOM = "prices", PARLEY_TOKEN } = process.env;

const EVERY_MS = 1_000;
/** How long a request may take, and the longest wait before the next try, in ms. */
const ANSWER_WITHIN_MS = 10_000;
const WAIT_MAX_MS = 30_000;

/** Who speaks. With PARLEY_TOKEN it is the same person after a restart. */
const token = PARLEY_TOKEN ?? randomBytes(16).toString("base64url");

/** Asks the server to store a message. @returns undefined once it is, or how long to wait, in ms */
async function post(message, key) {
  let response, text;
  try {
    response = await fetch(`${PARLEY_URL}/api/rooms/${ROOM}/messages?name=ticker`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Idempotency-Key": key },
      body: message,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    text = await response.text();
  } catch (error) {
    console.error(`No answer: ${error.message}`);
    return 0;
  }
  if (response.ok) return undefined;
  console.error(`Refused with ${response.status}: ${text.trim()}`);
  const isTemporary = response.status === 429 || response.status >= 500;
  if (!isTemporary) throw new Error("The server will never take that.");
  return Number(response.headers.get("retry-after") ?? 0) * 1_000;
}

/** Says a message once: it is sent with the same key until the server says that it is stored. */
async function say(message, key) {
  for (let backOff = 250; ; backOff = Math.min(backOff * 2, WAIT_MAX_MS)) {
    const wait = await post(message, key);
    if (wait === undefined) return;
    await sleep(Math.max(wait, backOff * (0.5 + Math.random() / 2)));
  }
}

let price = 100;
for (;;) {
  const from = Date.now();
  price *= 1 + (Math.random() - 0.5) / 100;
  const message = `ACME ${price.toFixed(2)}`;
  await say(message, `tick-${from}`);
  console.log(message);
  await sleep(Math.max(0, from + EVERY_MS - Date.now()));
}
