import { expect, it } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { newFileId, someBytes } from "../../test/file-requests.ts";
import { chanceOf, MODEL_ROOT, ModelDisk, Steps } from "../../test/model-disk.ts";
import { DiskFiles } from "../backends/disk/files.ts";
import { MemoryShelf } from "../backends/memory/shelf.ts";
import { readConfig } from "../config.ts";
import { Addresses } from "../limits/addresses.ts";
import { FileService } from "./service.ts";

const OWNER = { logId: "123", author: "ada" };
const { rates } = readConfig({ LIMITS: "off" });
const BYTES = someBytes(5);
const open = async () => {};
const nothing = () => false;

it("[B1] has a part after a power cut that was acknowledged when it came again", async () => {
  const shelf = new MemoryShelf();
  const { timers } = new FakeTime();
  async function serve(system: ModelDisk): Promise<FileService> {
    return new FileService(await DiskFiles.open(MODEL_ROOT, { system }), {
      shelf,
      timers,
      now: Date.now,
      onOthers: () => {},
      onFailure: () => {},
      rates,
      addresses: new Addresses(rates, Date.now),
      maxBytes: 1_000,
      totalBytes: Infinity,
    });
  }
  const put = async ({ uploads }: FileService, id: string) =>
    uploads.put(id, await uploads.find(id, OWNER), 0, BYTES);

  for (let steps = 0; ; steps += 1) {
    const id = newFileId();
    const disk = new ModelDisk(open);
    const facts = { name: "cat.png", type: "image/png", size: 5 };
    await (await serve(disk)).uploads.begin(id, OWNER, facts, { address: "192.0.2.1" });

    // The first server is killed after so many steps on the disk; the next one is asked once more.
    const gates = new Steps();
    let isStored = false;
    void serve(disk.reopen(gates.gate))
      .then((files) => put(files, id))
      .then((stored) => (isStored = stored));
    await gates.take(steps, 0, chanceOf(steps));
    expect(await put(await serve(disk), id)).toBe(true);

    const { store } = await serve(disk.afterPowerCut(open, nothing));
    expect(await store.has(id)).toEqual([{ name: 0, bytes: 5 }]);
    if (isStored) return;
  }
});
