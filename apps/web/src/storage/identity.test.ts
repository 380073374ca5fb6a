import { decodeUp } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import { idOf, ownToken, storedName, storedToken } from "./identity.ts";

describe("identity", () => {
  it("stores the name", () => {
    const store = fakeTextStore();
    expect(storedName(store).read()).toBeUndefined();
    storedName(store).write("Ada");
    expect(storedName(store).read()).toBe("Ada");
  });

  it("[P2] stores one token until it is forgotten", () => {
    const store = fakeTextStore();
    storedToken(store).write("AAAAAAAAAAAAAAAAAAAAAA");
    expect(storedToken(store).read()).toBe("AAAAAAAAAAAAAAAAAAAAAA");
    storedToken(store).write(undefined);
    expect(storedToken(store).read()).toBeUndefined();
  });

  it("reads a damaged token as none", () => {
    const store = fakeTextStore();
    storedToken(store).write("not a token");
    expect(storedToken(store).read()).toBeUndefined();
  });
});

it("[P2] is created once, at random, and valid for servers", () => {
  const store = fakeTextStore();
  const token = ownToken(store);
  const join = JSON.stringify({ type: "join", payload: { roomId: "lobby", token } });
  expect(decodeUp(join)).toMatchObject({ ok: true, frame: { payload: { token } } });
  expect(ownToken(store)).toBe(token);
  expect(ownToken(fakeTextStore())).not.toBe(token);
});

it("[P2] is the one that a server gave before", () => {
  const store = fakeTextStore();
  storedToken(store).write("AAAAAAAAAAAAAAAAAAAAAA");
  expect(ownToken(store)).toBe("AAAAAAAAAAAAAAAAAAAAAA");
});

it("makes ids that fit into addresses", () => {
  expect(idOf(new Uint8Array(16).fill(255))).toBe("_____________________w");
  expect(idOf(new Uint8Array(16).fill(0xfb))).toBe("-_v7-_v7-_v7-_v7-_v7-w");
});
