import type { Refusal, RefusalCode, UpFrame } from "@parley/protocol";
import type { CutOff } from "../delivery/connection.ts";
import type { FileService } from "../files/service.ts";
import type { Addresses } from "../limits/addresses.ts";
import type { FairTurns } from "../limits/fair-turns.ts";
import type { Rates } from "../limits/rates.ts";
import type { RoomLog } from "../log/log.ts";
import type { Rooms } from "../rooms/rooms.ts";
import type { Shelf } from "../shelf/shelf.ts";
import type { StreamOptions } from "../transports/http/event-stream.ts";
import type { OutgoingDeps } from "../transports/outgoing.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { HttpErrorCode } from "./errors.ts";
import type { ApiContext } from "./request.ts";

/** Opens a session over a response; gives what it takes the frames with that come. */
export type OpenStream = (
  response: ApiContext["env"]["outgoing"],
  options: StreamOptions,
  onRefused: (why: Refusal) => void,
) => (text: string) => void;

/** What the API depends on. */
export interface ApiDeps extends OutgoingDeps {
  readonly rooms: Rooms;
  /** The conversations that somebody has open here, as rooms of their own. */
  readonly conversations: Rooms;
  readonly log: RoomLog;
  /** Where hooks are kept. */
  readonly shelf: Shelf;
  /** Undefined: this server takes no files. */
  readonly files: FileService | undefined;
  /** Undefined: this server sends nothing to other hosts. */
  readonly webhooks: Webhooks | undefined;
  readonly rates: Rates;
  readonly addresses: Addresses;
  /** Turns of network addresses while the server is busy; frames of sockets share them. */
  readonly turns: Pick<FairTurns, "take">;
  /** Origins of pages that may ask, beside this server's own; `*`: any. */
  readonly allowedOrigins: readonly string[];
  /** The request header in which a proxy names the client's address, or none. */
  readonly trustProxy: string | undefined;
  readonly openStream: OpenStream;
  /** Aborted once the server goes down: what waits is answered then. */
  readonly closing: AbortSignal;
  /** In ms since 1970. */
  readonly now: () => number;
  readonly onFrame: (type: UpFrame["type"]) => void;
  /** A request, or a frame in one, was refused; a stream counts its own. */
  readonly onRefused: (code: RefusalCode | HttpErrorCode) => void;
  /** A poll begins to wait. @returns what tells its end */
  readonly onPoll: () => () => void;
  /** A peer that does not read its answers was cut off. */
  readonly onCutOff: (why: CutOff) => void;
  /** Something failed that should not have: a bug. */
  readonly onFailure: (error: unknown) => void;
}
