import { afterEach, expect, it, vi } from "vitest";
import { serverAnswers } from "./server-answers.ts";

afterEach(() => void vi.unstubAllGlobals());

const answers: [string, () => Promise<Response>, boolean][] = [
  ["a server of Parley", async () => Response.json({ protocolVersion: "1.3" }), true],
  ["the page of a hotspot", async () => new Response("<html>"), false],
  ["another server", async () => Response.json({ name: "another" }), false],
  ["nobody", async () => Promise.reject(new TypeError("Failed to fetch")), false],
];

it.each(answers)("[H3] asks over HTTP: %s", async (_who, answer, does) => {
  const fetched = vi.fn<(url: string) => Promise<Response>>(answer);
  vi.stubGlobal("fetch", fetched);
  expect(await serverAnswers("wss://host/ws")).toBe(does);
  expect(fetched.mock.calls[0]?.[0]).toBe("https://host/about.json");
});
