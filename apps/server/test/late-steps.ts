import fc from "fast-check";

const which = fc.nat(20);
const stepOf = <Is extends string>(weight: number, is: Is) => ({
  weight,
  arbitrary: fc.record({ is: fc.constant(is), which }),
});
const step = fc.oneof(
  stepOf(50, "answer"),
  stepOf(1, "fail"),
  stepOf(4, "come"),
  stepOf(6, "say"),
  stepOf(4, "repeat"),
  stepOf(4, "read"),
  stepOf(1, "move"),
  stepOf(3, "stall"),
  stepOf(3, "drain"),
  stepOf(2, "close"),
  stepOf(4, "write"),
  stepOf(2, "lose"),
  stepOf(1, "break"),
  stepOf(1, "wait"),
);
export type LateStep = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What happens in rooms, in any order. */
export const steps = fc.array(step, { minLength: 50, maxLength: 250, size: "max" });
