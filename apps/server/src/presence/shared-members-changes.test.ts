import { beforeEach, describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { settled } from "../../test/settled.ts";
import { openPeople } from "../room/people.contract.ts";
import type { Roll } from "./roll.ts";
import type { RegisterListener, RoomRegister } from "./room-register.ts";
import { SharedMembers } from "./shared-members.ts";

const cem = { id: "cem-1", name: "Cem" };

describe("changes of who is in a shared room", () => {
  let roll: Roll;
  let reads: number;
  let listener: RegisterListener;
  let opened: ReturnType<typeof openPeople>;
  beforeEach(async () => {
    roll = { number: 7, count: 1, listed: [ann] };
    reads = 0;
    const register: RoomRegister = {
      listen: async (given) => {
        listener = given;
        return () => {};
      },
      enter: async () => roll,
      read: async () => {
        reads += 1;
        return roll;
      },
      refresh: async () => roll.number,
      leave: async () => {},
      rename: async () => {},
      announceTyping: async () => {},
    };
    opened = openPeople((_roomId, rules, events) => new SharedMembers(register, rules, events));
    await opened.people.enter(ann);
  });

  it("[P1] are taken as they are told, and nothing is read", async () => {
    listener.changed({ number: 8, count: 2, what: "entered", member: bob });
    await settled();
    expect(opened.people.list()).toEqual([ann, bob]);
    expect(reads).toBe(0);
  });

  it("[P1] are read where one was missed before the one that is told", async () => {
    roll = { number: 9, count: 3, listed: [ann, bob, cem] };
    listener.changed({ number: 9, count: 3, what: "entered", member: cem });
    await settled();
    expect(opened.people).toMatchObject({ count: 3 });
    expect(opened.people.list()).toEqual([ann, bob, cem]);
    expect(opened.news.told).toEqual(["Ann entered, 1", "Bob entered, 3", "Cem entered, 3"]);
    expect(reads).toBe(1);
  });
});
