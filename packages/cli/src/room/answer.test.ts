import { describe, expect, it } from "vitest";
import { refusalIn } from "./answer.ts";

const SERVER = new URL("https://chat.example/parley/");

describe("a refusal in an answer", () => {
  it.each([
    [503, '{"error":{"message":"Going down.","temporary":true}}', "Going down.", true],
    [400, '{"error":{"message":"No.","temporary":false}}', "No.", false],
    [404, "<h1>Not found</h1>", "https://chat.example/parley/ answered 404.", false],
    [502, "null", "https://chat.example/parley/ answered 502.", true],
    [429, '{"error":"slow"}', "https://chat.example/parley/ answered 429.", true],
  ])("of %i with %s is read", async (status, text, why, isTemporary) => {
    const refused = await refusalIn(new Response(text, { status }), SERVER);
    expect(refused).toEqual({ why, isTemporary });
  });
});
