import { expect, it } from "vitest";
import { resumePointIn } from "./resume-point.ts";

it("finds what resumes a session in the answer to a join", () => {
  const payload = {
    memberId: "m",
    token: "t-1",
    epoch: "e-1",
    head: 42,
    members: [{ name: "Ada" }],
  };
  expect(resumePointIn(JSON.stringify({ type: "joined", payload }))).toEqual({
    token: "t-1",
    epoch: "e-1",
    head: 42,
  });
});

it("finds none in the answer of a server that resumes nothing", () => {
  expect(resumePointIn('42["joined",{"roomId":"bench-1"}]')).toBeUndefined();
});
