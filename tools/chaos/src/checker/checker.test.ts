import { describe, expect, it } from "vitest";
import { check } from "./checker.ts";
import { bodyOfEntry } from "./content.ts";
import {
  ALL,
  annaSees,
  benSees,
  chat,
  kinds,
  logOf,
  ONE,
  said,
  shown,
  THREE,
  TWO,
  window,
  writing,
} from "./example.ts";
import type { Observation } from "./observation.ts";

describe("a run without violations", () => {
  it("has no violations, and figures", () => {
    const refused: Observation = { client: "Ben", is: "refused", id: "b1", body: "", final: false };
    expect(check([...writing, ...annaSees, refused, ...benSees], logOf(ALL))).toEqual({
      figures: { rounds: 1, sent: 3, acknowledged: 3, refused: 1, lostAndSaid: 0 },
      violations: [],
    });
  });

  it("counts a member's message once, even if another of their clients sends it again", () => {
    const again = said("Anna, visit 2", ONE);
    const sees = [window("Anna, visit 2", "first", ALL)];
    const { figures } = check([...writing, ...annaSees, ...benSees, ...again, ...sees], logOf(ALL));
    expect(figures).toMatchObject({ sent: 3, acknowledged: 3 });
  });

  it("may show a client that joins late only the end of the log", () => {
    expect(kinds([...writing, ...annaSees, window("Ben", "first", [THREE])])).toEqual([]);
  });

  it("expects nothing for a client that left", () => {
    const left: Observation = { client: "Ben", is: "left" };
    expect(kinds([...writing, ...annaSees, window("Ben", "first", []), left])).toEqual([]);
  });

  it("may acknowledge an id twice, with the same entry", () => {
    expect(kinds([...writing, ...said("Anna", ONE), ...annaSees, ...benSees])).toEqual([]);
  });
});

describe("rule A: nothing acknowledged is lost", () => {
  it("finds an acknowledged message that is not in the final log", () => {
    const seen = [window("Anna", "first", []), shown("Anna", ONE, TWO)];
    expect(kinds([...writing, ...seen, window("Ben", "first", [TWO])], logOf([ONE, TWO]))).toEqual([
      "lost",
      "differs",
    ]);
  });

  it("finds one that is only in another epoch", () => {
    const observations = [...writing, ...annaSees, ...benSees];
    const violations = kinds(observations, {
      ...logOf(ALL),
      epoch: "epoch-2",
      entries: [],
      head: 0,
    });
    expect(violations).toEqual(["lost", "lost", "lost"]);
  });

  it("does not count trimmed messages as lost", () => {
    expect(kinds([...writing, ...annaSees, ...benSees], logOf([THREE], 3))).toEqual([]);
  });

  it("finds an acknowledged message that a client that stayed was not shown", () => {
    const benMisses = [window("Ben", "first", []), shown("Ben", ONE, TWO)];
    expect(kinds([...writing, ...annaSees, ...benMisses])).toEqual(["unseen"]);
  });

  it("finds a client that never joined", () => {
    expect(kinds([...writing, ...annaSees])).toEqual(["unseen"]);
  });

  it("finds that the end of the log was not shown, even if no acknowledgement was seen", () => {
    const writes = [...said("Anna", ONE), ...said("Ben", TWO)];
    const annaMisses = [window("Anna", "first", []), shown("Anna", ONE, TWO)];
    expect(kinds([...writes, ...annaMisses, ...benSees])).toEqual(["hole"]);
  });
});

describe("rule D: nothing refused is shown", () => {
  const refusal = (body: string, final: boolean): Observation => {
    return { client: "Anna", is: "refused", id: "a1", body, final };
  };

  it("finds a message that was refused for good and shown", () => {
    const refused = refusal(bodyOfEntry(ONE), true);
    expect(kinds([...writing, refused, ...annaSees, ...benSees])).toEqual(["refused-shown"]);
  });

  it("accepts a message that one log showed and, after that log was lost, the next one refused", () => {
    const refused = refusal(bodyOfEntry(ONE), true);
    const reset = window("Anna", "reset", [], { epoch: "epoch-2" });
    const observations = [...writing, ...annaSees, ...benSees, reset, refused];
    const next = { ...logOf([]), epoch: "epoch-2" };
    expect(kinds(observations, next)).not.toContain("refused-shown");
  });

  it("accepts what was sent twice over one connection, and refused once", () => {
    const refused: Observation = {
      client: "Anna",
      is: "refused",
      id: "a1",
      body: bodyOfEntry(ONE),
      final: true,
      isOneOfTwo: true,
    };
    expect(kinds([...writing, refused, ...annaSees, ...benSees])).toEqual([]);
  });

  it("accepts what was refused temporarily, or another text under the same id", () => {
    const temporary = refusal(bodyOfEntry(ONE), false);
    const conflict = refusal(bodyOfEntry(chat(1, "a1", "anna", "other")), true);
    expect(kinds([...writing, temporary, conflict, ...annaSees, ...benSees])).toEqual([]);
  });
});

describe("besides the four rules", () => {
  it("finds messages in another order than they were written", () => {
    const turned = [...said("Anna", THREE), ...said("Anna", ONE)];
    expect(kinds([...turned, ...annaSees, ...benSees])).toEqual(["out-of-order"]);
  });

  it("accepts that a message that was sent again comes after others in flight (SPEC D6)", () => {
    const turned = [...said("Anna", THREE), ...said("Anna", ONE)];
    const overtaken = (id: string): Observation => ({ client: "Anna", is: "overtaken", ids: [id] });
    expect(kinds([...turned, overtaken("a1"), ...annaSees, ...benSees])).toEqual([]);
    expect(kinds([...turned, overtaken("a2"), ...annaSees, ...benSees])).toEqual(["out-of-order"]);
  });

  it("finds messages without an answer at the end, except those of a client that left", () => {
    const wrote: Observation = { client: "Anna", is: "wrote", id: "a9", body: "" };
    expect(kinds([...annaSees, wrote])).toEqual(["unsettled"]);
    expect(kinds([...annaSees, wrote, { client: "Anna", is: "left" }])).toEqual([]);
    const refused: Observation = { client: "Anna", is: "refused", id: "a9", body: "", final: true };
    expect(kinds([...annaSees, wrote, refused])).toEqual([]);
    expect(kinds([...annaSees, wrote, { ...refused, final: false }])).toEqual(["unsettled"]);
  });
});
