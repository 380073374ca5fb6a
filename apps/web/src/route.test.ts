import { expect, it } from "vitest";
import { roomPath, routeOf } from "./route.ts";

it.each(["/", "", "/r", "/r/", "/r/a/b", "/about"])("takes %j for the way in", (path) => {
  expect(routeOf(path)).toEqual({ is: "join" });
});

it.each([
  ["/r/lobby", "lobby"],
  ["/r/Lobby/", "Lobby"],
  ["/r/not%20a%20code", "not a code"],
  ["/r/50%", "50%"],
])("takes %j for the room %j", (path, code) => {
  expect(routeOf(path)).toEqual({ is: "room", code });
});

it("finds every room that it makes a path of", () => {
  for (const code of ["7k3-f9qd-2xm", "a b", "ü/?#%"]) {
    expect(routeOf(roomPath(code))).toEqual({ is: "room", code });
  }
});
