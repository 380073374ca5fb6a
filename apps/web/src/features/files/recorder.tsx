import { IconPlayerStop, IconTrash } from "@tabler/icons-react";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { minutes } from "../../room/files/file-words.ts";
import { Button, IconButton } from "../../ui/button.tsx";

/** The longest voice message, in ms. */
const VOICE_MS_MAX = 5 * 60_000;
/** What browsers can record, the best for the others to play first. */
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4", "audio/ogg"];
/** How often the time is shown, in ms. */
const TICK_MS = 250;
const SPEECH_BITS_PER_SECOND = 32_000;

/** A recording that its owner can end. */
export interface Recording {
  /** Ends it, and waits until `onDone` has what was recorded. Again: only waits. */
  readonly stop: () => Promise<void>;
}

/** Records a voice message until it is stopped; it then goes into the tray. */
export function Recorder({
  recording,
  onDone,
  onFailed,
}: {
  /** Is set while something is recorded. */
  recording: RefObject<Recording | undefined>;
  /** Undefined: it was discarded. */
  onDone: (recorded: File | undefined) => Promise<void>;
  onFailed: (why: string) => void;
}) {
  const done = useEffectEvent(onDone);
  const failed = useEffectEvent(onFailed);
  const [ms, setMs] = useState<number>();

  useEffect(() => {
    let isOver = false;
    let end = () => {
      isOver = true;
    };
    void openMicrophone().then(
      (stream) => {
        if (isOver) return stopAll(stream);
        try {
          let stopped: Promise<void> | undefined;
          const stop = () => (stopped ??= running.stop().then(done));
          const running = record(stream, setMs, () => void stop());
          recording.current = { stop };
          end = () => {
            recording.current = undefined;
            running.end();
          };
          // oxlint-disable-next-line house/no-bare-catch -- browsers refuse to record in many ways
        } catch {
          stopAll(stream);
          failed("This browser cannot record voice messages.");
        }
        return undefined;
      },
      (error: unknown) => {
        if (!isOver) failed(whyNot(error));
      },
    );
    return () => end();
  }, [recording]);

  return (
    <div
      role="group"
      aria-label="Voice message"
      className="mb-1.5 flex animate-appear flex-wrap items-center justify-end gap-x-3 rounded-md bg-sunken py-1 ps-3 pe-1"
    >
      <span aria-hidden="true" className="size-2.5 rounded-full bg-danger" />
      <p role="status" className="grow text-sm">
        {ms === undefined ? "Waiting for the microphone…" : "Recording "}
        {ms !== undefined && <span className="tabular-nums">{minutes(ms)}</span>}
      </p>
      <IconButton
        label="Discard recording"
        className="size-9! touch:size-11!"
        onClick={() => void onDone(undefined)}
      >
        <IconTrash aria-hidden="true" size={18} stroke={1.8} />
      </IconButton>
      <Button
        look="primary"
        size="sm"
        disabled={ms === undefined}
        onClick={() => void recording.current?.stop()}
      >
        <IconPlayerStop aria-hidden="true" size={16} stroke={1.8} fill="currentColor" />
        Done
      </Button>
    </div>
  );
}

async function openMicrophone(): Promise<MediaStream> {
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (!mediaDevices) throw new Error("Voice messages need a secure address, with https.");
  return mediaDevices.getUserMedia({ audio: true });
}

function whyNot(error: unknown): string {
  if (!(error instanceof DOMException)) return (error as Error).message;
  return error.name === "NotAllowedError"
    ? "The browser does not let this page use the microphone."
    : "There is no microphone that can be used.";
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Records a stream; `onTime` is told how long it lasts, in ms, and `onFull` that it is too long. */
function record(
  stream: MediaStream,
  onTime: (ms: number) => void,
  onFull: () => void,
): { readonly stop: () => Promise<File>; readonly end: () => void } {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: SPEECH_BITS_PER_SECOND,
    ...(mimeType !== undefined && { mimeType }),
  });
  const parts: Blob[] = [];
  const begun = performance.now();
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    const ms = performance.now() - begun;
    onTime(ms);
    if (ms >= VOICE_MS_MAX) onFull();
  }, TICK_MS);
  const end = () => {
    clearInterval(timer);
    if (recorder.state !== "inactive") recorder.stop();
    stopAll(stream);
  };
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  recorder.addEventListener("stop", () => resolve());
  recorder.start();
  onTime(0);
  return {
    end,
    async stop() {
      end();
      await ended;
      const type = (recorder.mimeType || "audio/webm").split(";")[0] ?? "";
      const ending = type === "audio/mp4" ? "m4a" : type.replace("audio/", "");
      return new File(parts, `Voice message.${ending}`, { type });
    },
  };
}
