import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";

async function chaos(...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args]);
  let output = "";
  const keep = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const [code] = (await once(child, "close")) as [number];
  return { code, output };
}

it("prints its seed, a line for each round and the verdict, and exits with 0 if all promises held", async () => {
  const { code, output } = await chaos("--scenario", "repeats", "--rounds", "2", "--seed", "11");
  expect(output).toMatch(/^seed 11\n/);
  expect(output.match(/repeats +seed \d+ .* ok/g)).toHaveLength(2);
  expect(output).toContain("Held: 2 rounds");
  expect(code).toBe(0);
});

it("prints its usage on request", async () => {
  const { code, output } = await chaos("--help");
  expect(code).toBe(0);
  expect(output).toMatch(/^pnpm chaos \[--minutes N\]/);
});

it("exits with 2 and its usage for wrong arguments", async () => {
  for (const args of [
    ["--scenario", "none"],
    ["--rounds", "many"],
    ["--addresses", "few"],
    ["--loud"],
  ]) {
    const { code, output } = await chaos(...args);
    expect(code).toBe(2);
    expect(output).toContain("pnpm chaos [--minutes N]");
  }
});
