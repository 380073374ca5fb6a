import {
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { FileInfo } from "@parley/protocol";
import type { PrepareOptions } from "../../room/files/prepared.ts";
import { lazyRecorder, LazyTrayView } from "./lazy-files.tsx";
import type { Recording } from "./recorder.tsx";
import type { OutgoingFiles } from "../../room/files/room-files.ts";
import type { TrayItem } from "../../room/files/tray.ts";
import { useOpenedRoom } from "../../room/use-room.ts";
import { useLazy } from "../../ui/lazy.tsx";

const NOT_FETCHED = "The part for files could not be fetched from the server. Try again.";

/** What the next message takes along beside its text. */
interface Attached {
  readonly attaching: Attaching;
  /** The tray and the recorder, above the message box. */
  readonly above: ReactNode;
  /** Takes the files out of the tray: those of each message, 10 at the most. */
  readonly take: () => readonly (readonly FileInfo[])[];
}

/**
 * The files that are chosen for the next message.
 * @param onReady called if it was sent while files were being prepared, once they are ready
 */
export function useAttached({
  onProblem,
  onReady,
}: {
  onProblem: (why: string | undefined) => void;
  onReady: () => void;
}): Attached {
  const { files, items, fetchFiles } = useTray();
  const [isRecording, setIsRecording] = useState(false);
  const [isFetching, setIsFetching] = useState(false);
  const recording = useRef<Recording>(undefined);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const notRecorded = (why: string) => {
    setIsRecording(false);
    onProblem(why);
  };
  const recorder = useLazy(lazyRecorder, isRecording, () => notRecorded(NOT_FETCHED));

  const add = async (given: readonly File[], options?: PrepareOptions): Promise<void> => {
    onProblem(undefined);
    if (given.length === 0) return;
    setIsFetching(true);
    try {
      const { tray } = await fetchFiles();
      tray.add(given, options);
      // oxlint-disable-next-line house/no-bare-catch -- a part that is not fetched fails in many ways
    } catch {
      onProblem(NOT_FETCHED);
    } finally {
      setIsFetching(false);
    }
  };
  /** Ends the recording, if there is one, and waits until all files are ready. */
  const sendLater = async () => {
    await recording.current?.stop();
    setIsRecording(false);
    const { tray } = await fetchFiles();
    await tray.whenReady();
    // Another message box has the text by now: it waits there, and the files in the tray.
    if (isGone.current) return;
    if (tray.store.getState().items.some(({ state }) => state.is === "ready")) onReady();
  };
  const isBusy = isFetching || isRecording || items.some(({ state }) => state.is === "preparing");
  const isReady = items.some(({ state }) => state.is === "ready");
  return {
    attaching: {
      onFiles: (given) => void add(given),
      onRecord: () => {
        onProblem(undefined);
        setIsRecording(true);
      },
      onSendLater: () => void sendLater(),
      onNotFetched: () => onProblem(NOT_FETCHED),
      state: isBusy ? "busy" : isReady ? "ready" : "none",
    },
    above: (
      <>
        {files && items.length > 0 && <LazyTrayView tray={files.tray} items={items} />}
        {recorder && isRecording && (
          <recorder.Recorder
            recording={recording}
            onDone={async (recorded) => {
              setIsRecording(false);
              if (recorded) await add([recorded], { isVoice: true });
            }}
            onFailed={notRecorded}
          />
        )}
      </>
    ),
    take: () => files?.tray.take() ?? [],
  };
}

const NO_ITEMS: readonly TrayItem[] = [];

/** The files that the next message takes along; empty until the first is chosen. */
function useTray(): {
  readonly files: OutgoingFiles | undefined;
  readonly items: readonly TrayItem[];
  /** Fetches the code for files; rejects if it cannot be fetched. */
  readonly fetchFiles: () => Promise<OutgoingFiles>;
} {
  const { files: part } = useOpenedRoom();
  const [files, setFiles] = useState(part.now);
  const subscribe = useCallback(
    (changed: () => void) => files?.tray.store.subscribe(changed) ?? (() => undefined),
    [files],
  );
  const items = useSyncExternalStore(
    subscribe,
    () => files?.tray.store.getState().items ?? NO_ITEMS,
  );
  const fetchFiles = async () => {
    const fetched = await part.fetch();
    setFiles(fetched);
    return fetched;
  };
  return { files, items, fetchFiles };
}

/** How files get into a message. */
export interface Attaching {
  readonly onFiles: (files: readonly File[]) => void;
  /** Begins to record a voice message. */
  readonly onRecord: () => void;
  /** `busy`: some files are not ready to be sent. */
  readonly state: "none" | "busy" | "ready";
  /** It was sent while it was busy: it goes as soon as all files are ready. */
  readonly onSendLater: () => void;
  /** The menu could not be fetched. */
  readonly onNotFetched: () => void;
}
