import { expect, it } from "vitest";
import { messageLink, pathWithin, roomPath, routeOf, seqOfHash } from "./route.ts";

it.each(["/", "", "/r", "/r/", "/r/a/b", "/about"])("reads %j as the join screen", (path) => {
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

it("reads back every path that it makes for a room", () => {
  for (const code of ["7k3-f9qd-2xm", "a b", "ü/?#%"]) {
    expect(routeOf(roomPath(code))).toEqual({ is: "room", code });
  }
});

it("names a room and a message, and reads them back", () => {
  const link = messageLink("7k3-f9qd-2xm", 42, "https://chat.example");
  expect(link).toBe("https://chat.example/r/7k3-f9qd-2xm#42");
  expect(seqOfHash(new URL(link).hash)).toBe(42);
});

it.each([
  ["https://chat.example/r/team-1", "/r/team-1"],
  ["https://chat.example/r/team-1/", "/r/team-1/"],
  ["https://chat.example/r/team-1#42", "/r/team-1#42"],
  ["https://chat.example/r/team-1?x=1", "/r/team-1?x=1"],
  ["https://chat.example/r/a/b", undefined],
  ["https://chat.example/api", undefined],
  ["https://chat.example.org/r/team-1", undefined],
  ["https://chat.example:8080/r/team-1", undefined],
  ["http://chat.example/r/team-1", undefined],
  ["mailto:ada@chat.example", undefined],
])("takes %j for the path %j of this host", (address, path) => {
  expect(pathWithin(address, "https://chat.example")).toBe(path);
});

it("reads no message from anything else", () => {
  for (const hash of ["", "#", "#0", "#-1", "#1.5", "#12a", "#1e3", `#${"9".repeat(40)}`]) {
    expect(seqOfHash(hash)).toBeUndefined();
  }
});
