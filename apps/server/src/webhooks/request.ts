import { createHash, createHmac } from "node:crypto";
import { unreachable, type EntryFrame, type Since } from "@parley/protocol";
import type { Webhook } from "./webhook.ts";

const ID_CHARS = 22;

/** What a webhook is told with one request. */
export type WebhookNews =
  | { readonly is: "entries"; readonly epoch: string; readonly entries: readonly EntryFrame[] }
  /**
   * It was not told of entries: those between `from` and `to` were trimmed, or the log is another
   * one, which it is told of from behind `to` on.
   */
  | {
      readonly is: "reset";
      readonly why: "trimmed" | "another_log";
      readonly epoch: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly is: "test" };

interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A request as Standard Webhooks has it. The same entries have the same id and body, however often
 * they are sent.
 * @param now in ms since 1970
 */
export function signedRequest(webhook: Webhook, told: WebhookNews, now: number): SignedRequest {
  const body = JSON.stringify(contentOf(webhook, told, now));
  const id = `msg_${digestOf(webhook.id, body)}`;
  const timestamp = String(Math.floor(now / 1_000));
  return {
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "Parley",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signatureOf(webhook.secret, `${id}.${timestamp}.${body}`)}`,
    },
  };
}

/** Where the cursor stands once a request was answered. */
export function cursorAfter(told: Exclude<WebhookNews, { is: "test" }>, headId?: string): Since {
  const { epoch } = told;
  if (told.is === "reset") return at(epoch, told.to, headId);
  const last = told.entries.at(-1)?.payload;
  return at(epoch, last?.seq ?? 0, last?.id);
}

function at(epoch: string, seq: number, id: string | undefined): Since {
  return id === undefined ? { epoch, seq } : { epoch, seq, id };
}

function contentOf({ id, name }: Webhook, told: WebhookNews, now: number) {
  const webhook = { id, name };
  switch (told.is) {
    case "entries": {
      const { epoch, entries } = told;
      const timestamp = new Date(entries.at(-1)?.payload.at ?? now).toISOString();
      return { type: "room.entries", timestamp, data: { webhook, epoch, entries } };
    }
    case "reset": {
      const { why, epoch, from, to } = told;
      const missed = { from, to };
      return { type: "room.reset", data: { webhook, epoch, why, missed } };
    }
    case "test":
      return { type: "webhook.test", timestamp: new Date(now).toISOString(), data: { webhook } };
    default:
      return unreachable(told);
  }
}

function signatureOf(secret: string, content: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(content).digest("base64");
}

function digestOf(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, ID_CHARS);
}
