import { CloseCode, type Since } from "@parley/protocol";
import type { Transport } from "../transports/transport.ts";

/** The frames that concern conversations, as a server writes them. */
const CONCERNS = /^\{"type":"(?:private|rang|joined)"/;
/** How a join begins, as a client writes it. */
const JOIN = '{"type":"join","payload":{';
/** How many frames are kept until somebody listens. */
const KEPT_MAX = 1_000;

interface TapListener {
  /** A frame that concerns conversations came over the present connection, after the room got it. */
  received(text: string): void;
  /** The present connection is over. */
  closed(code: number): void;
}

/** What the conversations in a room see of its connections; their own code may be loaded later. */
export interface RoomTap {
  /** Takes a connection of the room; every join over it asks for the bell. */
  readonly tap: (connection: Transport) => Transport;
  /** From now on tells this listener, beginning with what the present connection received. */
  readonly listen: (listener: TapListener) => void;
  /** Sends over the present connection; without one, nothing. */
  readonly send: (text: string) => void;
}

/** @param bellSince the end of the copy of the bell */
export function createRoomTap(bellSince: () => Since | undefined): RoomTap {
  let present: Transport | undefined;
  let listener: TapListener | undefined;
  let kept: string[] = [];
  const end = (connection: Transport | undefined, code: number) => {
    if (!connection || connection !== present) return;
    present = undefined;
    kept = [];
    listener?.closed(code);
  };
  const take = (text: string) => {
    if (listener) listener.received(text);
    else if (kept.length < KEPT_MAX) kept.push(text);
  };
  return {
    tap(connection) {
      end(present, CloseCode.goingAway);
      present = connection;
      return {
        listen: (room) =>
          connection.listen({
            opened: () => room.opened(),
            received(text) {
              room.received(text);
              if (connection === present && CONCERNS.test(text)) take(text);
            },
            closed(code) {
              end(connection, code);
              room.closed(code);
            },
          }),
        send: (text) =>
          connection.send(
            text.startsWith(JOIN)
              ? `${JOIN}"bell":${JSON.stringify({ since: bellSince() })},${text.slice(JOIN.length)}`
              : text,
          ),
        close(how) {
          end(connection, how === "left" ? CloseCode.left : CloseCode.goingAway);
          connection.close(how);
        },
      };
    },
    listen(heard) {
      listener = heard;
      for (const text of kept.splice(0)) heard.received(text);
    },
    send: (text) => present?.send(text),
  };
}
