import { expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import {
  forgetRoom,
  rememberedLastRead,
  rememberRoom,
  rememberLastRead,
  storedRooms,
} from "./recent-rooms.ts";

it("lists rooms once, the latest first", () => {
  const store = fakeTextStore();
  rememberRoom({ roomId: "a", at: 1 }, store);
  rememberRoom({ roomId: "b", at: 2 }, store);
  rememberRoom({ roomId: "a", at: 3 }, store);
  expect(storedRooms(store).read()).toEqual([
    { roomId: "a", at: 3 },
    { roomId: "b", at: 2 },
  ]);
});

it("drops rooms beyond the length of the list", () => {
  const store = fakeTextStore();
  for (let at = 1; at <= 21; at += 1) rememberRoom({ roomId: `room-${at}`, at }, store);
  const kept = storedRooms(store).read();
  expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, i) => 21 - i));
});

it("stores how far a room was read, also when it is opened again", () => {
  const store = fakeTextStore();
  rememberLastRead({ roomId: "a", lastRead: 4, unread: 2, head: 6 }, store);
  expect(rememberedLastRead("a", store)).toBeUndefined();
  rememberRoom({ roomId: "a", at: 1 }, store);
  rememberLastRead({ roomId: "a", lastRead: 4, unread: 2, head: 6 }, store);
  rememberRoom({ roomId: "a", at: 2 }, store);
  expect(storedRooms(store).read()).toEqual([{ roomId: "a", at: 2, lastRead: 4, unread: 2 }]);
});

it("prefers the tab that has read further, unless the log is another one", () => {
  const store = fakeTextStore();
  rememberRoom({ roomId: "a", at: 1 }, store);
  rememberLastRead({ roomId: "a", lastRead: 9, unread: 0, head: 9 }, store);
  rememberLastRead({ roomId: "a", lastRead: 4, unread: 5, head: 9 }, store);
  expect(rememberedLastRead("a", store)).toMatchObject({ lastRead: 9, unread: 0 });
  rememberLastRead({ roomId: "a", lastRead: 2, unread: 1, head: 3 }, store);
  expect(rememberedLastRead("a", store)).toMatchObject({ lastRead: 2, unread: 1 });
});

it("reads how far a room was read from what an earlier release stored", () => {
  const store = fakeTextStore();
  const title = 'about "seenTo": 1';
  store.set("parley.recent", JSON.stringify([{ roomId: "a", at: 1, name: title, seenTo: 4 }]));
  expect(storedRooms(store).read()).toEqual([{ roomId: "a", at: 1, name: title, lastRead: 4 }]);
});

it("forgets a room on request", () => {
  const store = fakeTextStore();
  rememberRoom({ roomId: "a", at: 1 }, store);
  rememberRoom({ roomId: "b", at: 2 }, store);
  forgetRoom("b", store);
  expect(storedRooms(store).read()).toEqual([{ roomId: "a", at: 1 }]);
});

it.each(["{", "null", '[{"roomId":1,"at":2},7]', '{"a":1}'])(
  "survives damaged data: %s",
  (text) => {
    const store = fakeTextStore();
    store.set("parley.recent", text);
    expect(storedRooms(store).read()).toEqual([]);
  },
);
