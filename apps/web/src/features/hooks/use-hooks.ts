import { useCallback, useEffect, useRef, useState } from "react";
import { useRoom, useRoomId, useRoomNow } from "../../room/use-room.ts";
import { forgetHookPath, rememberHookPath } from "../../storage/hook-paths.ts";
import { refusalText } from "./words.ts";
import {
  HookError,
  listHooks,
  makeHook,
  revokeHook,
  testHook,
  type HookInfo,
  type MadeHook,
  type NewHook,
  type TestResult,
} from "./hooks-api.ts";

/** What is known of the hooks of a room. */
type Listing =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly why: string }
  | { readonly is: "listed"; readonly hooks: readonly HookInfo[] };

/** What came of asking the server for something, or why it refused, in words. */
type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

/** The hooks of the room that is open, and what can be done to them. */
export interface Hooks {
  readonly listing: Listing;
  /** False while the room is not connected. */
  readonly isConnected: boolean;
  /** The webhooks that were made since this was opened; their signing secret is shown once. */
  readonly made: readonly MadeHook[];
  readonly reload: () => void;
  readonly make: (hook: NewHook) => Promise<Asked<MadeHook>>;
  readonly test: (hook: HookInfo) => Promise<Asked<TestResult>>;
  readonly revoke: (hook: HookInfo) => Promise<Asked<undefined>>;
}

/** Asks for the hooks of the room now, and again whenever the room is connected again. */
export function useHooks(): Hooks {
  const roomId = useRoomId();
  const roomNow = useRoomNow();
  const isConnected = useRoom(({ status }) => status.is === "joined");
  const [listing, setListing] = useState<Listing>({ is: "loading" });
  const [made, setMade] = useState<readonly MadeHook[]>([]);
  const latest = useRef(0);

  const place = useCallback(
    () => ({ roomId, name: roomNow().people?.self.name ?? "" }),
    [roomId, roomNow],
  );
  const reload = useCallback(() => {
    latest.current += 1;
    const asked = latest.current;
    void answerTo(listHooks(place())).then((answer) => {
      if (latest.current !== asked) return;
      setListing((was) => {
        if (answer.ok) return { is: "listed", hooks: answer.value };
        // What was listed is more than nothing.
        return was.is === "listed" ? was : { is: "failed", why: answer.why };
      });
    });
  }, [place]);
  useEffect(() => {
    reload();
    return () => {
      latest.current += 1;
    };
  }, [reload, isConnected]);

  const change = async <T>(asked: Promise<T>): Promise<Asked<T>> => {
    const answer = await answerTo(asked);
    // Also after a failure: an answer that was lost may have been a yes.
    reload();
    return answer;
  };
  return {
    listing,
    isConnected,
    made,
    reload,
    make: async (hook) => {
      const answer = await change(makeHook(place(), hook));
      if (!answer.ok) return answer;
      const { id, url } = answer.value;
      if (url !== undefined) rememberHookPath(roomId, { id, path: url });
      setMade((all) => [...all, answer.value]);
      return answer;
    },
    test: (hook) => change(testHook(place(), hook.id)),
    revoke: async (hook) => {
      const answer = await change(revokeHook(place(), hook.id));
      if (answer.ok) forgetHookPath(roomId, hook.id);
      return answer;
    },
  };
}

async function answerTo<T>(asked: Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, value: await asked };
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    return { ok: false, why: refusalText(error) };
  }
}
