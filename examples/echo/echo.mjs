// Answers "echo …" with "…", once: PARLEY_URL=http://localhost:8080 ROOM=123 node echo.mjs
// Who it is and how far it came are in STATE (echo.json), so that a restart goes on from there.
import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const { PARLEY_URL = "http://localhost:8080", ROOM = "123", STATE = "echo.json" } = process.env;
const url = `${PARLEY_URL}/api/rooms/${ROOM}`;

/** A stream says every 15 s that it lives. */
const SILENCE_MAX_MS = 40_000;
const WAIT_MAX_MS = 30_000;

const state = load() ?? { token: randomBytes(16).toString("base64url"), lastEventId: undefined };
const headers = { Authorization: `Bearer ${state.token}` };

function load() {
  try {
    return JSON.parse(readFileSync(STATE, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Notes how far it came. The file is either the old or the new one, also after a crash. */
function save(lastEventId) {
  state.lastEventId = lastEventId;
  writeFileSync(`${STATE}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${STATE}.new`, STATE);
}

/** Answers an entry that asks for it. The key is made of the entry: a second answer is the same one. */
async function answer({ type, payload }) {
  const asked = type === "chat" ? /^echo\s+(.+)/s.exec(payload.message) : null;
  const text = asked?.[1];
  if (text === undefined || payload.from.id === self) return;
  const key = `echo-${payload.seq}-${payload.id.slice(0, 40)}`;
  const response = await fetch(`${url}/messages?name=echo`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ message: text, replyTo: payload.id }),
    signal: AbortSignal.timeout(SILENCE_MAX_MS),
  });
  if (response.ok) return;
  const { error } = await response.json();
  if (error.temporary) throw new Error(`refused for now: ${error.message}`);
  console.error(`Could not answer ${payload.id}: ${error.message}`);
}

let self;

/** Handles what came in one event. What is noted as handled was answered before. */
async function handle({ data, id }) {
  const frame = JSON.parse(data);
  if (frame.type === "joined") {
    const { epoch, entries, recovered } = frame.payload;
    self = frame.payload.self.id;
    console.error(`In room ${ROOM}${recovered ? ", where it left off" : ""}.`);
    // What was said before it came, or cannot be gone on from, is left as it is.
    if (recovered) for (const entry of entries) await answer(entry);
    save(id ?? state.lastEventId ?? `${epoch}.0`);
  } else if (id !== undefined) {
    await answer(frame);
    save(id);
  }
}

/** Reads server-sent events: fields, a line each, and a blank line after each event. */
async function* eventsOf(response, isAlive) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    isAlive();
    text += decoder.decode(chunk, { stream: true });
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const lines = event.split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
      const { data, id, event: name } = Object.fromEntries(lines.map(([, k, v]) => [k, v]));
      if (data !== undefined && name !== "close") yield { data, id };
    }
  }
}

/** Follows the room from where it left off, until the stream ends. */
async function follow() {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
  try {
    const from = state.lastEventId ? { "Last-Event-ID": state.lastEventId } : {};
    const response = await fetch(`${url}/events?name=echo`, {
      headers: { ...headers, ...from },
      signal: silence.signal,
    });
    if (!response.ok) throw new Error(`refused: ${await response.text()}`);
    for await (const event of eventsOf(response, () => timer.refresh())) {
      await handle(event);
      backOff = 250;
    }
  } finally {
    clearTimeout(timer);
  }
}

let backOff = 250;
for (;;) {
  await follow().catch((error) => console.error(`The stream broke off: ${error.message}`));
  await sleep(backOff * (0.5 + Math.random() / 2));
  backOff = Math.min(backOff * 2, WAIT_MAX_MS);
}
