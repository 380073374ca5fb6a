import { settled } from "@parley/testkit/settled";
import { beforeEach, describe, expect, it } from "vitest";
import { HeldLog } from "../../test/held-log.ts";
import {
  chat,
  heard,
  open,
  PrivateRoom,
  tell,
  type JoinedMember,
} from "../../test/private-room.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { CATCH_UP_RETRY_MS, TICK_MS } from "../limits/limits.ts";

const typing = { type: "typing", payload: { on: true } } as const;

describe("a private message that arrives while its conversation opens", () => {
  let log: HeldLog;
  let room: PrivateRoom;
  let ann: JoinedMember;
  let bob: JoinedMember;

  beforeEach(async () => {
    log = new HeldLog(new MemoryLog());
    room = await PrivateRoom.open(log);
    ({ ann, bob } = room);
    await tell(ann, bob, chat("before"));
    ann.send("leave", {});
    await settled();
    ann = await room.enter("Ann");
    for (const { connection } of [ann, bob]) connection.read();
  });

  it("[W4] is shown to a client whose own frame opens it, and nothing from before", async () => {
    log.hold("read");
    await tell(ann, bob, typing);
    log.letThrough("read");
    await tell(bob, ann, chat("IMPORTANT"));
    await tell(bob, ann, chat("and more"));
    log.release("read");
    await settled();
    expect(heard(ann)).toEqual(["private Bob: chat IMPORTANT", "private Bob: chat and more"]);
  });

  it("[W4] is shown once if it is stored after the log was read", async () => {
    log.hold("read", "after");
    await tell(ann, bob, typing);
    log.letThrough("read");
    await tell(bob, ann, chat("IMPORTANT"));
    log.release("read");
    await settled();
    expect(heard(ann)).toEqual(["private Bob: chat IMPORTANT"]);
  });

  it("[W4] is shown later if the log is away, whatever opens it", async () => {
    for (const frame of [typing, open()]) {
      log.hold("read");
      await tell(ann, bob, frame);
      log.letThrough("read");
      await tell(bob, ann, chat("IMPORTANT"));
      log.fail("read");
      await settled();
      expect(heard(ann)).toEqual(["private Bob: error unavailable"]);
      await tell(bob, ann, chat("and more"));
      room.world.time.pass(CATCH_UP_RETRY_MS + TICK_MS);
      await settled();
      expect(heard(ann)).toEqual(["private Bob: chat IMPORTANT", "private Bob: chat and more"]);
      await tell(ann, bob, { type: "leave", payload: {} });
    }
  });
});
