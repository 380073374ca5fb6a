import { rename } from "node:fs/promises";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import type { Person } from "../e2e/people.ts";

const CODE = "night-watch";
/** A name that the server of the pictures never answers, and one that it refuses. */
const UNANSWERED = "Ada of the night watch";
const REFUSED = "Ada of the day watch";

/** Goes through states that only another server or a broken one brings about. */
export async function visitStates(
  ada: Person,
  server: ServerProcess,
  shoot: (what: string) => Promise<void>,
): Promise<void> {
  await betweenAnotherServer(ada);
  await ada.join(CODE);
  const ben = await PlainClient.join(server.socketUrl, CODE, "Ben");
  for (const message of ["Who has the watch tonight?", "poll", "I take the first one."]) {
    ben.say(message);
  }
  await ada.messages.getByText("I take the first one.").waitFor();
  await ada.page.getByText("Something newer than this version").waitFor();
  await shoot("unknown-kind");

  await asksFor(ada, UNANSWERED, () => shoot("renaming"));
  await shoot("rename-waits");
  await asksFor(ada, REFUSED);
  if (await ada.page.getByRole("dialog").isVisible()) await ada.page.keyboard.press("Escape");
  await ada.page.getByRole("alert").filter({ hasText: "Too fast." }).waitFor();
  await shoot("rename-refused");
  await ada.page.getByRole("button", { name: "Dismiss" }).click();

  const away = `${server.dataDir}-away`;
  await rename(server.dataDir, away);
  try {
    await ada.composer.fill("Then I take the second one.");
    await ada.page.getByRole("button", { name: "Send", exact: true }).click();
    await ada.page.getByText("This server cannot store messages").waitFor();
    await shoot("not-storing");
  } finally {
    await rename(away, server.dataDir);
  }
  ben.close();
}

/** What the server sends looks as if it had a newer protocol; and it answers new names as above. */
async function betweenAnotherServer({ page }: Person): Promise<void> {
  await page.routeWebSocket(/\/ws/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((message) => {
      socket.send(
        String(message).replaceAll(/"type":"chat"(?=[^}]*"message":"poll")/g, '"type":"poll"'),
      );
    });
    socket.onMessage((message) => {
      const { type, payload } = JSON.parse(String(message)) as {
        type: string;
        payload: { name?: string; ref?: string };
      };
      if (type !== "rename") return upstream.send(message);
      if (payload.name !== REFUSED) return undefined;
      const refused = { code: "rate_limited", temporary: true, ref: payload.ref };
      const text = "Too fast. Wait a moment and try again.";
      return socket.send(JSON.stringify({ type: "error", payload: { ...refused, message: text } }));
    });
  });
}

/** Asks for another name in the list of people; `onForm` is called before the form is sent. */
async function asksFor(
  { page }: Person,
  name: string,
  onForm: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const change = page.getByRole("button", { name: "Change your name" });
  if (!(await change.isVisible())) await page.getByRole("button", { name: /\d+ people\b/ }).click();
  await change.click();
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await onForm();
  await page.getByRole("button", { name: "Save" }).click();
  await change.waitFor();
}
