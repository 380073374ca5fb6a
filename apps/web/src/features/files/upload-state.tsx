import type { PendingMessage } from "@parley/client";
import type { UploadProgress } from "@parley/client/files";
import type { FileInfo } from "@parley/protocol";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { duration, megabytes } from "../../room/files/file-words.ts";
import type { OutgoingFiles, ProgressByFile } from "../../room/files/room-files.ts";
import { useOpenedRoom, useRoom, useRoomActions } from "../../room/use-room.ts";
import { IconButton } from "../../ui/button.tsx";
import { FileName } from "./file-name.tsx";

const NONE: ProgressByFile = {};

/** How far the files of a pending message are, with pause and cancel. */
export function UploadState({
  outgoing,
  files,
}: {
  outgoing: PendingMessage;
  files: readonly FileInfo[];
}) {
  const { discard } = useRoomActions();
  const roomFiles = useRoomFiles();
  const uploads = useUploads(roomFiles);
  const isJoined = useRoom(({ status }) => status.is === "joined");
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const sent = files.reduce((sum, { id }) => sum + (uploads[id]?.sent ?? 0), 0);
  const speed = useSpeed(sent);
  const ids = files.map(({ id }) => id);
  const isPaused = files.some(({ id }) => uploads[id]?.is === "paused");
  const isUp = files.every(({ id }) => uploads[id]?.is === "done");
  const waiting = files.map(({ id }) => uploads[id]).find((each) => each?.is === "waiting");
  const isSending = outgoing.state.is === "sending" || isUp;
  return (
    <div className="mt-1 mb-1 w-[calc(20rem+2*var(--bubble-x))] max-w-full px-(--bubble-x) text-xs text-ink-soft">
      <ul>
        {files.map((file) => (
          <FileBar
            key={file.id}
            file={file}
            progress={uploads[file.id]}
            isAlone={files.length === 1}
          />
        ))}
      </ul>
      <div className="flex items-center gap-1">
        <p role="status" className="grow tabular-nums">
          {wordsOn({ sent, size, speed, isPaused, isSending, isJoined, waiting })}
        </p>
        {!isSending && roomFiles && (
          <IconButton
            label={isPaused ? "Resume upload" : "Pause upload"}
            className="size-8! touch:size-11!"
            onClick={() =>
              isPaused ? roomFiles.uploader.resume(ids) : roomFiles.uploader.pause(ids)
            }
          >
            {isPaused ? (
              <IconPlayerPlay aria-hidden="true" size={16} stroke={1.8} />
            ) : (
              <IconPlayerPause aria-hidden="true" size={16} stroke={1.8} />
            )}
          </IconButton>
        )}
        {outgoing.state.is === "queued" && (
          <IconButton
            label="Cancel upload"
            className="size-8! touch:size-11!"
            onClick={() => discard(outgoing.id)}
          >
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        )}
      </div>
    </div>
  );
}

function FileBar({
  file: { name, size },
  progress,
  isAlone,
}: {
  file: FileInfo;
  progress: UploadProgress | undefined;
  isAlone: boolean;
}) {
  const sent = progress?.is === "done" ? size : (progress?.sent ?? 0);
  return (
    <li className="py-0.5">
      {!isAlone && (
        <p className="flex gap-2">
          <span className="min-w-0 grow">
            <FileName name={name} />
          </span>
          <span className="shrink-0 tabular-nums">{megabytes(size)}</span>
        </p>
      )}
      <progress
        aria-label={`Upload of ${name}`}
        max={Math.max(1, size)}
        value={size === 0 ? 1 : sent}
        className="upload-bar block h-1.5 w-full"
      />
    </li>
  );
}

function wordsOn(now: {
  sent: number;
  size: number;
  speed: number;
  isPaused: boolean;
  isSending: boolean;
  isJoined: boolean;
  waiting: UploadProgress | undefined;
}): string {
  const { sent, size, speed, waiting } = now;
  if (now.isSending) return "Sending…";
  const done = `${megabytes(sent)} of ${megabytes(size)}`;
  if (now.isPaused) return `Paused · ${done}`;
  if (!now.isJoined) return `Waits for a connection · ${done}`;
  if (waiting) return waiting.why ?? `Trying again · ${done}`;
  if (speed === 0) return done;
  return `${done} · ${megabytes(speed)}/s · ${duration(((size - sent) / speed) * 1000)} left`;
}

/** Fetched already: this is in the same file. */
function useRoomFiles(): OutgoingFiles | undefined {
  const { files: part } = useOpenedRoom();
  const [files, setFiles] = useState(part.now);
  useEffect(() => {
    let isWanted = true;
    part.fetch().then(
      (fetched) => isWanted && setFiles(fetched),
      // Then the upload cannot have begun.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [part]);
  return files;
}

function useUploads(files: OutgoingFiles | undefined): ProgressByFile {
  const subscribe = useCallback(
    (changed: () => void) => files?.uploads.subscribe(changed) ?? (() => undefined),
    [files],
  );
  return useSyncExternalStore(subscribe, () => files?.uploads.getState() ?? NONE);
}

/** Over how long the speed is measured, in ms. */
const SPEED_OVER_MS = 4_000;

/** The present speed in bytes a second; 0 while it is not known. */
function useSpeed(sent: number): number {
  const samples = useRef<{ readonly at: number; readonly sent: number }[]>([]);
  const [speed, setSpeed] = useState(0);
  useEffect(() => {
    const at = performance.now();
    samples.current = [
      ...samples.current.filter((each) => at - each.at < SPEED_OVER_MS),
      { at, sent },
    ];
    const [first] = samples.current;
    const ms = first ? at - first.at : 0;
    if (first && ms > 500) setSpeed(Math.max(0, ((sent - first.sent) / ms) * 1000));
  }, [sent]);
  return speed;
}
