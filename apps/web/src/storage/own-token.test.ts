import { decodeUp } from "@parley/protocol";
import { expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import { rememberToken } from "./identity.ts";
import { ownToken } from "./own-token.ts";

it("[P2] is made once, at random, and is one that servers take", () => {
  const store = fakeTextStore();
  const token = ownToken(store);
  const join = JSON.stringify({ type: "join", payload: { roomId: "lobby", token } });
  expect(decodeUp(join)).toMatchObject({ ok: true, frame: { payload: { token } } });
  expect(ownToken(store)).toBe(token);
  expect(ownToken(fakeTextStore())).not.toBe(token);
});

it("[P2] is the one that a server gave before", () => {
  const store = fakeTextStore();
  rememberToken("AAAAAAAAAAAAAAAAAAAAAA", store);
  expect(ownToken(store)).toBe("AAAAAAAAAAAAAAAAAAAAAA");
});
