import { ErrorReply } from "@redis/client";
import { describe, expect, it, vi } from "vitest";
import { TRY_AGAIN_EVERY_MS, TRY_AGAIN_FOR_MS, tryingAgain } from "./try-again.ts";

const midway = new ErrorReply("TRYAGAIN Multiple keys request during rehashing of slot");

describe("what a cluster cannot do while a room's keys move", () => {
  it("[D4] is done again until it can", async () => {
    const act = vi.fn<() => Promise<string>>();
    act.mockRejectedValueOnce(midway).mockRejectedValueOnce(midway).mockResolvedValue("done");
    const wait = vi.fn<(ms: number) => Promise<void>>(async () => {});
    expect(await tryingAgain(act, wait)).toBe("done");
    expect(wait.mock.calls).toEqual([[TRY_AGAIN_EVERY_MS], [TRY_AGAIN_EVERY_MS]]);
  });

  it("[D4] is refused if it stays so", async () => {
    let waitedMs = 0;
    const wait = async (ms: number) => (waitedMs += ms);
    await expect(tryingAgain(() => Promise.reject(midway), wait)).rejects.toThrow("TRYAGAIN");
    expect(waitedMs).toBe(TRY_AGAIN_FOR_MS);
  });

  it("is not done again for any other refusal", async () => {
    const act = vi.fn<() => Promise<void>>(() => Promise.reject(new ErrorReply("OOM full")));
    await expect(tryingAgain(act, async () => {})).rejects.toThrow("OOM");
    expect(act).toHaveBeenCalledOnce();
  });
});
