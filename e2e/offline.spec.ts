import { expect, test } from "./line-fixture.ts";

test.use({ serviceWorkers: "allow" });

test("[D5] what is written offline survives a reload, and arrives once, in order", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.say("Before");
  await ben.sees("Before");

  line.cut();
  await ada.seesReconnecting();
  await ada.say("First, offline");
  await ada.say("Second, offline");
  await ada.reloads();
  await ada.seesInOrder("Before", "First, offline", "Second, offline");
  await ada.seesQueued(2);
  await ada.say("Third, offline");
  await ben.say("Meanwhile");
  await ben.doesNotSee("First, offline");

  line.mend();
  await ben.sees("Third, offline");
  const written = ["First, offline", "Second, offline", "Third, offline"];
  for (const text of written) {
    await ada.sees(text);
    await ben.sees(text);
  }
  // A message of Ben's during the repair may come before or after the first of them.
  await ben.seesInOrder("Before", ...written);
  await ada.seesInOrder("Before", ...written);
  await ada.sees("Meanwhile");
  await ada.seesQueued(0);
});

test("[D5] what is written in the moment before a reload survives it", async ({
  room,
  line,
  ada,
}) => {
  await ada.join(room);
  await ada.say("Before");
  await ada.hasSentAll();
  line.cut();
  await ada.seesReconnecting();
  const texts = ["Before"];
  for (let n = 1; n <= 5; n += 1) {
    texts.push(`Offline ${n}`);
    await ada.composer.fill(`Offline ${n}`);
    await ada.composer.evaluate((box) => {
      box.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
      );
      location.reload();
    });
    await ada.seesInOrder(...texts);
    await ada.seesQueued(n);
  }
});

test("[D1] [D5] a server killed in mid-conversation loses nothing and doubles nothing", async ({
  meetInRoom,
  meet,
  room,
  server,
}) => {
  const [ada, ben] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);

  const said: string[] = [];
  const talk = async (from: number, to: number) => {
    for (let turn = from; turn <= to; turn += 1) {
      const who = turn % 2 === 0 ? ada : ben;
      const text = `${who.name} says number ${turn}.`;
      said.push(text);
      await who.say(text);
    }
  };
  await talk(1, 6);
  const killed = server.kill();
  await talk(7, 10);
  await killed;
  await talk(11, 12);
  await server.start();
  await talk(13, 14);

  for (const person of [ada, ben]) {
    for (const text of said) await person.sees(text);
    await person.seesInOrder(...said.filter((text) => text.startsWith("Ada")));
    await person.seesInOrder(...said.filter((text) => text.startsWith("Ben")));
  }
  const cleo = await meet("Cleo");
  await cleo.join(room);
  for (const text of said) await cleo.sees(text);
});

test("[R1] a cut is shown after 2 s, and connecting again brings exactly what was missed", async ({
  meet,
  room,
  line,
  ada,
}) => {
  // The longest waits, and later far longer ones: a quick return shows that there was no wait.
  await ada.page.addInitScript("Math.random = () => window.chance ?? 0.999");
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);
  const told = ada.page.getByRole("status", { name: "Connection" });
  const state = ada.page.getByRole("img", { name: /onnected$/ });
  await expect(state).toHaveAccessibleName("Connected");
  await told.evaluate((status) => {
    const note = () => {
      status.dataset["at"] ??= `${Date.now()}`;
      status.dataset["told"] = `${status.dataset["told"] ?? ""} ${status.textContent}`;
    };
    const all = { childList: true, characterData: true, subtree: true };
    new MutationObserver(note).observe(status, all);
  });

  const cutAt = Date.now();
  line.cut();
  const written = ["One", "Two", "Three"];
  for (const text of written) await ben.say(text);
  await expect(told).toHaveAttribute("data-told", /Reconnecting/);
  await ada.page.evaluate("window.chance = 99");
  expect(Number(await told.getAttribute("data-at")) - cutAt).toBeGreaterThan(1_950);
  await expect(told).toHaveAttribute("data-told", /Reconnecting in (\d{3,}) s.* in (?!\1)\d{3,} s/);
  await expect(state).toHaveAccessibleName("Not connected");

  line.mend();
  await ada.page.getByRole("button", { name: "Retry now" }).click();
  await expect(told).toHaveAttribute("data-told", /Back online\. 3 new messages\./);
  await expect(state).toHaveAccessibleName("Connected");
  await ada.seesInOrder(...written);
});

test("what was written offline is sent also from the start page", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ben.seesCount(2);
  line.cut();
  await ada.seesReconnecting();
  await ada.say("On my way out");
  await ada.page.getByRole("link", { name: "Join or start another" }).click();
  await expect(ada.roomCode).toBeVisible();
  line.mend();
  await ben.sees("On my way out");
});

test("a known room opens while the server is away, and then catches up", async ({
  meet,
  room,
  line,
  ada,
}) => {
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  await ada.say("An old story");
  await ben.sees("An old story");
  await ben.say("Tell it again");
  await ada.sees("Tell it again");
  await ada.leaves();
  await ben.seesCount(1);
  line.cut();

  await ada.page.goto(`/r/${room}`);
  await ada.seesInOrder("An old story", "Tell it again");
  await ada.say("I still know it");
  await ben.say("Where are you?");
  await ben.hasSentAll();
  await ada.seesReconnecting();
  await ada.seesQueued(1);
  await ada.doesNotSee("Where are you?");

  line.mend();
  await ada.hasSeen(/^Back online\. \d+ new messages?\.$/);
  await ben.sees("I still know it");
  await ada.seesInOrder("An old story", "Tell it again", "Where are you?", "I still know it");
});

test("a removed room is deleted from this browser", async ({ room, line, ada }) => {
  await ada.join(room);
  await ada.say("Not for long");
  await ada.sees("Not for long");
  await ada.leaves();
  await ada.page.goto("/");
  await ada.page.getByRole("button", { name: `Forget ${room}` }).click();
  await expect(ada.page.getByRole("button", { name: `Forget ${room}` })).toHaveCount(0);
  line.cut();
  await ada.page.goto(`/r/${room}`);
  await ada.seesReconnecting();
  await ada.doesNotSee("Not for long");
});

test("a draft survives a reload in an outage", async ({ room, line, ada }) => {
  await ada.join(room);
  line.cut();
  await ada.seesReconnecting();
  await ada.composer.fill("Half a thou");
  await ada.reloads();
  await expect(ada.composer).toHaveValue("Half a thou");
  await ada.composer.press("End");
  await ada.composer.pressSequentially("ght");
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("");
  await ada.seesQueued(1);
  line.mend();
  await ada.seesNoReconnecting();
  await ada.sees("Half a thought");
  await ada.seesQueued(0);
});

test("[D4] a refused text can be changed and discarded after a reload, and not retried", async ({
  meet,
  room,
  ada,
}) => {
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  // A server refuses half a character, which a composer accepts.
  for (const text of ["Not this one", "But this one"]) {
    await ada.page.evaluate(
      ([key, text]) => localStorage.setItem(key, text + String.fromCharCode(0xd83d)),
      [`parley.draft.${room}`, text] as const,
    );
    await ada.reloads();
    await expect(ada.composer).toHaveValue(new RegExp(text));
    await ada.composer.press("Enter");
    await expect(ada.messages.getByText("half a character")).toHaveCount(1);
    if (text === "But this one") break;
    await ada.reloads();
    await ada.messages.getByRole("button", { name: "Discard" }).click();
    await expect(ada.messages.getByText("half a character")).toHaveCount(0);
  }
  await ada.reloads();
  await ada.messages.getByRole("button", { name: "Edit" }).click();
  await expect(ada.page.getByRole("button", { name: "Retry" })).toHaveCount(0);
  const box = ada.page.getByRole("textbox", { name: "Message", exact: true });
  await box.fill("But this one, whole");
  await box.press("Enter");
  await ben.sees("But this one, whole");
  await ada.sees("But this one, whole");
  await expect(ada.messages.getByText("Not this one")).toHaveCount(0);
  await expect(ada.messages.getByText("half a character")).toHaveCount(0);
});

test("[D4] a message that was refused for another reason than its text can be retried", async ({
  room,
  ada,
}) => {
  let refused = 0;
  await ada.page.routeWebSocket(/\/ws/, (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      const frame = JSON.parse(text.toString()) as { type: string; payload: { id?: string } };
      if (frame.type !== "chat" || refused > 0) return server.send(text);
      refused += 1;
      const refusal = { code: "unknown_target", message: "There is no such message." };
      page.send(
        JSON.stringify({
          type: "error",
          payload: { ...refusal, temporary: false, ref: frame.payload.id },
        }),
      );
    });
  });
  await ada.join(room);
  await ada.say("Once more");
  await expect(ada.messages.getByText("There is no such message.")).toBeVisible();
  await ada.messages.getByRole("button", { name: "Retry" }).click();
  await expect(ada.messages.getByText("There is no such message.")).toHaveCount(0);
  await ada.hasSentAll();
  await ada.sees("Once more");
});

test("[D5] if the browser denies its storage, messages wait in memory", async ({
  meet,
  room,
  line,
  ada,
}) => {
  await ada.page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", {
      get: () => {
        throw new DOMException("Denied.", "SecurityError");
      },
    });
  });
  const ben = await meet("Ben");
  await ada.join(room);
  await ben.join(room);
  line.cut();
  await ada.seesReconnecting();
  await ada.say("From memory");
  await ada.say("Both of them");
  await ada.seesQueued(2);
  const notice = ada.page.getByText("This device cannot keep unsent messages");
  await expect(notice).toBeVisible();
  line.mend();
  await ben.sees("Both of them");
  await ben.seesInOrder("From memory", "Both of them");
  await notice.locator("..").getByRole("button", { name: "Dismiss" }).click();
  await ada.say("Once is enough");
  await ben.sees("Once is enough");
  await expect(notice).toHaveCount(0);
});
