import { describe, expect, it } from "vitest";
import { readCommand } from "./commands.ts";
import { commands } from "./slash-commands.ts";

describe("a message", () => {
  it.each(["hello", "/", "/etc/hosts is a file", "/2", "a /me b", "/r/lake-trip"])(
    "such as %j is no command",
    (message) => {
      expect(readCommand(message)).toEqual({ is: "say", text: message });
    },
  );

  it("that begins with two slashes is sent with one", () => {
    expect(readCommand("//me waves")).toEqual({ is: "say", text: "/me waves" });
  });
});

describe("/me", () => {
  it("is sent in italics, with markers that read well in any client", () => {
    expect(readCommand("/me waves")).toEqual({ is: "say", text: "_waves_" });
    expect(readCommand("/ME  likes snake_case")).toEqual({ is: "say", text: "_likes snake_case_" });
  });

  it("uses another marker, or none, if the text contains the first", () => {
    expect(readCommand("/me says _no_")).toEqual({ is: "say", text: "*says _no_*" });
    expect(readCommand("/me ends_ *so* ends_")).toMatchObject({ is: "say" });
    expect(readCommand("/me waves\n\nand goes")).toEqual({ is: "say", text: "waves\n\nand goes" });
  });

  it("needs an action", () => {
    expect(readCommand("/me")).toMatchObject({ is: "refused" });
  });
});

describe("the other commands", () => {
  it("accept a name that keeps to the rules", () => {
    expect(readCommand("/name  Ada King ")).toEqual({ is: "rename", name: "Ada King" });
    expect(readCommand("/name")).toMatchObject({ is: "refused" });
    expect(readCommand(`/name ${"x".repeat(33)}`)).toMatchObject({ is: "refused" });
  });

  it("shrug, with text before it or without", () => {
    expect(readCommand("/shrug")).toEqual({ is: "say", text: "¯\\_(ツ)_/¯" });
    expect(readCommand("/shrug who knows")).toEqual({ is: "say", text: "who knows ¯\\_(ツ)_/¯" });
  });

  it("are all parsed, and no other", () => {
    for (const { name } of commands) {
      expect(readCommand(`/${name} Some words`).is).not.toBe("refused");
    }
    const asked = readCommand("/dance now");
    expect(asked.is === "refused" && asked.why).toContain("/dance");
  });
});
