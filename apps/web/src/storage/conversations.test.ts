import { expect, it } from "vitest";
import { storedConversations } from "./conversations.ts";
import { fakeTextStore } from "./fake-storage.ts";

it("keeps the conversations of a room, and leaves out what is damaged", () => {
  const texts = fakeTextStore();
  const ada = { id: "ada", name: "Ada", at: 1, unread: 2 };
  storedConversations("one", texts).write([ada]);
  expect(storedConversations("one", texts).read()).toEqual([ada]);
  expect(storedConversations("two", texts).read()).toEqual([]);
  texts.set(
    "parley.conversations.one",
    '[{"id":"ben"},{"id":"cem","name":"Cem","at":1,"unread":0}]',
  );
  expect(storedConversations("one", texts).read()).toMatchObject([{ id: "cem" }]);
});
