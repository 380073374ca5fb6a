import { expect, it, onTestFinished, vi } from "vitest";
import { createTray } from "./tray.ts";
import type { PrepareOptions } from "./prepared.ts";

function tray(ask: () => Promise<{ maxBytes: number } | "unknown" | undefined>) {
  const limits = vi.fn(ask);
  const keep = vi.fn(async () => true);
  const drop = vi.fn<(ids: readonly string[]) => void>();
  const prepare = vi.fn(async (file: File, { isOriginal }: PrepareOptions) => ({
    bytes: isOriginal ? file : file.slice(0, 5),
    thumb: undefined,
    canReduce: true,
    info: { name: file.name, type: "image/webp" },
  }));
  return { keep, drop, prepare, limits, tray: createTray({ prepare, limits, keep, drop }) };
}
const file = (name: string, size = 9) => new File([new Uint8Array(size)], name);

it("prepares files in order, and gives ten to a message", async () => {
  const { tray: made, limits } = tray(async () => ({ maxBytes: 100 }));
  made.add(Array.from({ length: 12 }, (_, n) => file(`${n}`)));
  expect(made.take()).toEqual([]);
  await made.whenReady();
  const messages = made.take();
  expect(messages.map((files) => files.length)).toEqual([10, 2]);
  expect(messages.flat().map(({ name }) => name)).toEqual(
    Array.from({ length: 12 }, (_, n) => `${n}`),
  );
  expect(made.store.getState().items).toEqual([]);
  expect(limits).toHaveBeenCalledOnce();
});

it("refuses what is too large as it would be sent, and what no server takes", async () => {
  const small = tray(async () => ({ maxBytes: 6 }));
  small.tray.add([file("a")]);
  await small.tray.whenReady();
  const [item] = small.tray.store.getState().items;
  expect(item?.state.is).toBe("ready");
  small.tray.setOriginal(item?.key ?? 0, true);
  await small.tray.whenReady();
  expect(small.tray.store.getState().items[0]?.state).toEqual({
    is: "refused",
    why: "Larger than 6 bytes.",
  });
  expect(small.tray.take()).toEqual([]);
  const none = tray(async () => undefined);
  none.tray.add([file("a")]);
  await none.tray.whenReady();
  expect(none.tray.store.getState().items[0]?.state).toMatchObject({ is: "refused" });
  expect(none.keep).not.toHaveBeenCalled();
});

it("drops the bytes of what is removed, also while it is prepared", async () => {
  const { tray: made, keep, drop } = tray(async () => "unknown");
  made.add([file("a"), file("b")]);
  const [, second] = made.store.getState().items;
  made.remove(second?.key ?? 0);
  await made.whenReady();
  expect(keep).toHaveBeenCalledOnce();
  const [first] = made.store.getState().items;
  made.remove(first?.key ?? 0);
  expect(drop).toHaveBeenCalledOnce();
  expect(made.store.getState().items).toEqual([]);
});

it("says that a file cannot be read", async () => {
  const { tray: made, prepare } = tray(async () => "unknown");
  prepare.mockRejectedValueOnce(new DOMException("Moved.", "NotReadableError"));
  made.add([file("a"), file("b")]);
  await made.whenReady();
  expect(made.store.getState().items.map(({ state }) => state.is)).toEqual(["refused", "ready"]);
});

it("refuses a file that fails unexpectedly, reports why, and prepares the others", async () => {
  const report = vi.fn<(error: unknown) => void>();
  vi.stubGlobal("reportError", report);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { tray: made, prepare } = tray(async () => "unknown");
  const bug = new TypeError("No such thing.");
  prepare.mockRejectedValueOnce(bug);
  made.add([file("a"), file("b")]);
  await made.whenReady();
  expect(made.store.getState().items.map(({ state }) => state.is)).toEqual(["refused", "ready"]);
  expect(report).toHaveBeenCalledExactlyOnceWith(bug);
});
