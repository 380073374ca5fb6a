import type { PendingMessage, RoomEvent, Status } from "@parley/client";
import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ExitCode } from "../exit-code.ts";
import { Delivery } from "./delivery.ts";

/** A delivery of one message, whose client says what a test lets it say. */
async function deliver(...states: PendingMessage["state"][]) {
  let listener: (event: RoomEvent) => void = () => undefined;
  const delivery = new Delivery({
    subscribe: (given) => {
      listener = given;
      return () => undefined;
    },
    say: () => "m1",
    discard: () => undefined,
  });
  await delivery.add("hi");
  const frame = { type: "chat", payload: { message: "hi", id: "m1" } } as const;
  for (const state of states) {
    listener({ type: "pending", pending: [{ id: "m1", frame, at: 0, state }] });
  }
  const lost: Status = { is: "waiting", since: 0, retryAt: 0 };
  listener({ type: "status", status: lost });
  return { code: await delivery.end(), maybeStored: delivery.maybeStored };
}

describe("[D4] a message without an acknowledgement", () => {
  const queued = { is: "queued" } as const;
  const sending = { is: "sending" } as const;

  it("was not stored if it was never sent", async () => {
    expect(await deliver(queued)).toEqual({ code: ExitCode.tryAgain, maybeStored: false });
  });

  it("may be stored if the connection was lost after it was sent", async () => {
    expect(await deliver(queued, sending)).toMatchObject({ maybeStored: true });
    expect(await deliver(queued, sending, queued)).toMatchObject({ maybeStored: true });
  });

  it("was not stored if the server refused it for now", async () => {
    const refused = { is: "queued", refusal: refusal("rate_limited") } as const;
    expect(await deliver(queued, sending, refused)).toMatchObject({ maybeStored: false });
  });
});
