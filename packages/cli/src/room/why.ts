import type { Status } from "@parley/client";
import { CloseCode } from "@parley/protocol";
import { plainLine } from "../plain-text.ts";

/** Why a room client ended, for people. */
export function whyOver(status: Extract<Status, { is: "refused" | "closed" }>): string {
  if (status.is === "refused") return plainLine(status.refusal.message);
  switch (status.code) {
    case CloseCode.replaced:
      return "The same person joined elsewhere.";
    case CloseCode.notOurProtocol:
      return "The server does not speak this protocol.";
    default:
      return `The server closed the connection (${status.code}).`;
  }
}
