import { build } from "./build.ts";
import { endWithNpx } from "./npx.ts";

endWithNpx();

// The server runs in this very process, so that signals reach it and its exit code is the command's.
if (await build()) {
  process.env["NODE_ENV"] ??= "production";
  await import("../apps/server/src/main.ts");
} else {
  process.exitCode = 1;
}
