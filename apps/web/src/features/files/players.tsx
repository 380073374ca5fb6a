import { IconMusic, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { megabytes, thumbUrl, minutes } from "../../room/files/file-words.ts";
import { DownloadLink, FileCard } from "./file-card.tsx";
import { FileName } from "./file-name.tsx";
import { type FileViewProps, useBroken } from "./use-file.ts";
import { Unseen } from "./picture.tsx";
import { useRef, useState } from "react";

type PlayerProps = FileViewProps & { url: string | undefined };

/** A video, with the browser's own controls. */
export function Video({ file, url, isPending, reachable, isSmall }: PlayerProps) {
  const { broken, failed } = useBroken(file);
  if (broken !== undefined) {
    return (
      <Unseen name={file.name} text={broken} isSmall={isSmall}>
        <DownloadLink file={file} tabIndex={reachable ? 0 : -1} />
      </Unseen>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- its author gives none
    <video
      src={url}
      controls
      playsInline
      preload="metadata"
      tabIndex={reachable ? 0 : -1}
      aria-label={`Video ${file.name}`}
      {...(file.thumb && !isPending && { poster: thumbUrl(file) })}
      onError={failed}
      className="absolute inset-0 size-full bg-black/60 object-contain"
    />
  );
}

/** A sound, with the browser's own controls. */
export function Sound(props: PlayerProps) {
  const { file, url, isPending, reachable } = props;
  const { broken, failed } = useBroken(file);
  if (broken !== undefined) return <FileCard {...props} isText={false} />;
  return (
    <div className="rounded-md bg-sunken px-3 py-2 ring-1 ring-line ring-inset">
      <div className="flex items-center gap-2">
        <IconMusic aria-hidden="true" size={16} stroke={1.8} className="shrink-0 text-ink-soft" />
        <p className="min-w-0 grow text-sm font-semibold" title={file.name}>
          <FileName name={file.name} />
        </p>
        <bdi className="shrink-0 text-xs text-ink-soft">{megabytes(file.size)}</bdi>
        {!isPending && <DownloadLink file={file} tabIndex={reachable ? 0 : -1} />}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- its author gives none */}
      <audio
        src={url}
        controls
        preload="none"
        tabIndex={reachable ? 0 : -1}
        aria-label={`Sound ${file.name}`}
        onError={failed}
        className="h-10 w-full print:hidden"
      />
    </div>
  );
}

/** The voice message that plays: starting another one pauses it. */
let playing: HTMLAudioElement | undefined;

/** A voice message: its wave, which is also where to play from. */
export function VoicePlayer(props: FileViewProps & { url: string | undefined }) {
  const { file, url, isPending, reachable } = props;
  const { peaks = "0", ms = 0 } = file;
  const { broken, failed } = useBroken(file);
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [at, setAt] = useState(0);
  if (broken !== undefined) return <FileCard {...props} isText={false} />;
  const tabIndex = reachable ? 0 : -1;
  const part = ms > 0 ? Math.min(1, (at * 1000) / ms) : 0;

  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    element.play().catch(failed);
  };
  const seek = (to: number) => {
    const seconds = (to * ms) / 1000;
    setAt(seconds);
    if (audio.current) audio.current.currentTime = seconds;
  };
  return (
    <div className="flex min-h-14 items-center gap-2 rounded-md bg-sunken py-1.5 ps-1.5 pe-1.5 ring-1 ring-line ring-inset">
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={isPlaying ? "Pause voice message" : "Play voice message"}
        onClick={toggle}
        className="grid size-11 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-strong"
      >
        {isPlaying ? (
          <IconPlayerPause aria-hidden="true" size={20} stroke={1.8} fill="currentColor" />
        ) : (
          <IconPlayerPlay aria-hidden="true" size={20} stroke={1.8} fill="currentColor" />
        )}
      </button>
      <div className="relative min-w-0 grow">
        <Wave peaks={peaks} part={part} />
        <input
          type="range"
          aria-label="Place in the voice message"
          aria-valuetext={`${minutes(at * 1000)} of ${minutes(ms)}`}
          tabIndex={tabIndex}
          min={0}
          max={100}
          value={Math.round(part * 100)}
          onChange={({ target }) => seek(Number(target.value) / 100)}
          className="absolute inset-0 h-full w-full cursor-pointer opacity-0 focus-visible:opacity-100"
        />
      </div>
      <span className="shrink-0 text-xs text-ink-soft tabular-nums">
        {minutes(isPlaying || at > 0 ? at * 1000 : ms)}
      </span>
      {!isPending && <DownloadLink file={file} tabIndex={tabIndex} />}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- its author gives none */}
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onError={failed}
      />
    </div>
  );
}

/** The bars of a wave; those that were played have the accent. */
function Wave({ peaks, part }: { peaks: string; part: number }) {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${peaks.length * 3} 24`}
      preserveAspectRatio="none"
      className="block h-8 w-full"
    >
      {[...peaks].map((peak, bar) => {
        const height = 3 + (Number(peak) / 9) * 19;
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- bars have no other name
            key={bar}
            x={bar * 3 + 0.5}
            y={(24 - height) / 2}
            width={2}
            height={height}
            rx={1}
            className={bar / peaks.length < part ? "fill-accent" : "fill-edge"}
          />
        );
      })}
    </svg>
  );
}
