import { describe, expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import {
  forgetToken,
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
