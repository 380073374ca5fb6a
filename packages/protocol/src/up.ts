import type * as v from "valibot";
import { requestPayloads } from "./entries/kinds.ts";
import { FileUp } from "./files.ts";
import { HistoryUp } from "./history.ts";
import { JoinUp, LeaveUp } from "./join.ts";
import { PingUp } from "./ping.ts";
import { RenameUp } from "./presence.ts";
import { PrivateUp } from "./private.ts";
import { TypingUp } from "./typing.ts";

/** Client to server: the payload of each type of frame. */
export const upPayloads = {
  join: JoinUp,
  leave: LeaveUp,
  ...requestPayloads,
  typing: TypingUp,
  rename: RenameUp,
  history: HistoryUp,
  ping: PingUp,
  file: FileUp,
  private: PrivateUp,
};

type UpPayloads = typeof upPayloads;
export type UpType = keyof UpPayloads;
export type UpPayload<T extends UpType> = v.InferOutput<UpPayloads[T]>;
export type UpFrame = { [T in UpType]: { type: T; payload: UpPayload<T> } }[UpType];
