import { decodeUp } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import {
  forgetToken,
  ownToken,
  rememberedName,
  rememberedToken,
  rememberName,
  rememberToken,
} from "./identity.ts";

describe("identity", () => {
  it("remembers the name", () => {
    const store = fakeTextStore();
    expect(rememberedName(store)).toBeUndefined();
    rememberName("Ada", store);
    expect(rememberedName(store)).toBe("Ada");
  });

  it("[P2] remembers one token until it is forgotten", () => {
    const store = fakeTextStore();
    rememberToken("AAAAAAAAAAAAAAAAAAAAAA", store);
    expect(rememberedToken(store)).toBe("AAAAAAAAAAAAAAAAAAAAAA");
    forgetToken(store);
    expect(rememberedToken(store)).toBeUndefined();
  });

  it("takes a damaged token for none", () => {
    const store = fakeTextStore();
    rememberToken("not a token", store);
    expect(rememberedToken(store)).toBeUndefined();
  });
});

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
