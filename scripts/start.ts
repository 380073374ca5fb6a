import { build } from "./build.ts";
import { endWithNpx } from "./npx.ts";

endWithNpx();

// The server runs in this process, so that it gets the signals and its exit code is the command's.
if (await build()) {
  process.env["NODE_ENV"] ??= "production";
  await import("../apps/server/src/main.ts");
} else {
  process.exitCode = 1;
}
