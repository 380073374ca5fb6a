import { expect, it } from "vitest";
import { bellIn } from "./look-privately.ts";

const from = { id: "ada", name: "Ada" };
const ring = { type: "rang", payload: { id: "m1", seq: 1, at: 5, from } };
const page = { epoch: "b", head: 1, entries: [ring], more: false };

it("reads a page of the bell", () => {
  expect(bellIn(page)).toMatchObject({ epoch: "b", head: 1, entries: [ring], recovered: true });
  expect(bellIn({ ...page, reset: true })).toMatchObject({ recovered: false });
});

it("reads nothing in a refusal or the silence of a server", () => {
  expect(bellIn({ error: { code: "bad_token" } })).toBeUndefined();
  expect(bellIn(undefined)).toBeUndefined();
});
