import { canonicalName } from "@parley/protocol";
import { expect, it } from "vitest";
import { proposedName } from "./proposed-name.ts";

it("proposes names that the server accepts unchanged", () => {
  expect(proposedName(() => 0)).toBe("Bright Avocet");
  for (let i = 0; i < 1; i += 0.01) {
    const name = proposedName(() => i);
    expect(canonicalName(name)).toBe(name);
  }
});
