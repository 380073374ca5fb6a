import type { PendingMessage, Status } from "@parley/client";
import { refusal, type RefusalCode } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import type { CatchUp } from "../../room/connection-slice.ts";
import { bannerOf, isHeldUp } from "./banner.ts";

const banner = (status: Status, now: number, caughtUp?: CatchUp, outgoing: PendingMessage[] = []) =>
  bannerOf({ status, statusAt: 1000, caughtUp }, !isHeldUp(outgoing), now);

describe("the connection banner", () => {
  it("says nothing for the first two seconds of a drop", () => {
    const waiting: Status = { is: "waiting", since: 1000, retryAt: 9000 };
    expect(banner(waiting, 2999)).toEqual({ is: "none" });
    expect(banner({ is: "reconnecting", since: 1000 }, 2999)).toEqual({ is: "none" });
  });

  it("then counts down to the next attempt", () => {
    const waiting: Status = { is: "waiting", since: 1000, retryAt: 9000 };
    expect(banner(waiting, 3000)).toEqual({ is: "reconnecting", inSeconds: 6 });
    expect(banner(waiting, 8999)).toEqual({ is: "reconnecting", inSeconds: 1 });
    expect(banner(waiting, 9500)).toEqual({ is: "reconnecting", inSeconds: 1 });
    expect(banner({ is: "reconnecting", since: 1000 }, 9500)).toEqual({ is: "reconnecting" });
  });

  it("[R1] shows for a few seconds how much came back", () => {
    const caughtUp = { fresh: 14, at: 5000, after: 4000 };
    expect(banner({ is: "joined" }, 9999, caughtUp)).toEqual({ is: "caught-up", fresh: 14 });
    expect(banner({ is: "joined" }, 10_000, caughtUp)).toEqual({ is: "none" });
  });

  it("[R1] shows longer what is missing, however short the drop was", () => {
    const gap = { why: "truncated", gone: 15 } as const;
    const caughtUp = { fresh: 5, at: 5000, after: 100, gap };
    expect(banner({ is: "joined" }, 24_999, caughtUp)).toEqual({ is: "cut", fresh: 5, gap });
    expect(banner({ is: "joined" }, 25_000, caughtUp)).toEqual({ is: "none" });
  });

  it("does not report the return from a drop that it did not report", () => {
    const caughtUp = { fresh: 14, at: 5000, after: 1999 };
    expect(banner({ is: "joined" }, 5001, caughtUp)).toEqual({ is: "none" });
  });

  it("reports a first connection only if it takes long", () => {
    expect(banner({ is: "connecting" }, 2999)).toEqual({ is: "none" });
    expect(banner({ is: "connecting" }, 3000)).toEqual({ is: "connecting" });
  });

  it("[D4] says that nothing can be stored while pending messages wait for that reason", () => {
    const frame = { type: "chat", payload: { message: "hi" } } as const;
    const waiting = (code: RefusalCode, is: "queued" | "sending" | "failed" = "queued") =>
      banner({ is: "joined" }, 5000, undefined, [
        { id: "x", frame, at: 0, state: { is, refusal: refusal(code) } },
      ]);
    expect(waiting("unavailable")).toEqual({ is: "not-storing" });
    expect(waiting("unavailable", "sending")).toEqual({ is: "not-storing" });
    expect(waiting("storage_full")).toEqual({ is: "not-storing" });
    expect(waiting("rate_limited")).toEqual({ is: "none" });
    expect(waiting("unavailable", "failed")).toEqual({ is: "none" });
  });

  it("says why it is over", () => {
    expect(banner({ is: "closed", code: 4409 }, 0)).toEqual({
      is: "over",
      why: "You are in this room elsewhere.",
    });
    expect(banner({ is: "closed", code: 4999 }, 0)).toMatchObject({ is: "over" });
  });
});
