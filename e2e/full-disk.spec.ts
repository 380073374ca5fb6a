import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SmallDisk } from "@parley/testkit/small-disk";
import { expect } from "@playwright/test";
import { test as base } from "./fixture.ts";
import { startServer } from "./server.ts";

/** Far more than a new database takes, in KiB. */
const DISK_KIBIBYTES = 16_384;
/** A refused message is sent again after up to 30 s. */
const PATIENT_MS = 300_000;
const SEEN = { timeout: 120_000 };
const SENTENCE = "This server cannot store messages at the moment.";

/** A data directory that can be broken and repaired. */
interface Place {
  readonly directory: string;
  /** Makes storing impossible; returns a function that repairs it. */
  spoil(): Promise<() => Promise<void>>;
  dispose(): Promise<void>;
}

/** A data directory that is moved away, and back as it was. */
async function movable(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "parley-e2e-moved-"));
  const [directory, away] = [join(folder, "data"), join(folder, "away")];
  return {
    directory,
    async spoil() {
      await rename(directory, away);
      return () => rename(away, directory);
    },
    dispose: () => rm(folder, { recursive: true }),
  };
}

/** A disk that something else fills. */
async function small(): Promise<Place> {
  const disk = await SmallDisk.mount(DISK_KIBIBYTES);
  return {
    directory: disk.directory,
    spoil: () => disk.occupy(),
    dispose: () => disk.unmount(),
  };
}

const troubles = [
  { what: "its data directory is moved away", code: "data_dir_gone", place: movable },
  // Only root may mount a disk.
  ...((await SmallDisk.isPossible())
    ? [{ what: "its disk is full", code: "disk_full", place: small }]
    : []),
];

for (const { what, code, place } of troubles) {
  const test = base.extend<{ place: Place }>({
    // oxlint-disable-next-line no-empty-pattern
    place: async ({}, use) => {
      const made = await place();
      await use(made);
      await made.dispose();
    },
    server: async ({ place: { directory } }, use) => {
      const server = await startServer({ dataDir: directory });
      await use(server);
      await server.dispose();
    },
  });

  test(`[D4] [D5] authors see that nothing can be stored while ${what}, and nothing is lost`, async ({
    meetInRoom,
    server,
    place,
  }) => {
    test.setTimeout(PATIENT_MS);
    const [ada, ben] = await meetInRoom("Ada", "Ben");
    await ada.say("Before");
    await ben.sees("Before");
    const banner = ada.page.getByRole("status", { name: "Connection" });
    const readiness = async () => (await fetch(`${server.url}/readyz`)).text();
    await expect(banner).toHaveText("");

    const mend = await place.spoil();
    const written: string[] = [];
    // A full disk still takes what fits into pages that it has.
    await expect
      .poll(async () => {
        const text = `${written.length + 1} ${"x".repeat(3_000)}`;
        written.push(text);
        await ada.say(text);
        return banner.textContent();
      }, SEEN)
      .toBe(SENTENCE);
    await expect.poll(readiness, SEEN).toBe(`not ready: ${code}\n`);

    await mend();
    await expect(banner).toHaveText("", SEEN);
    await expect.poll(readiness, SEEN).toBe("ready\n");
    await ada.seesQueued(0);
    const last = written.at(-1) ?? "";
    await ben.sees(last);
    await ben.seesInOrder("Before", ...written.map((text) => text.slice(0, 20)));
    const lines = server.output.split("\n");
    expect(lines.filter((line) => line.includes("no message can be stored"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("messages are stored again"))).toHaveLength(1);
  });
}
