import { IconMusic } from "@tabler/icons-react";
import { megabytes, thumbUrl } from "../../room/files/file-words.ts";
import { DownloadLink, FileCard } from "./file-card.tsx";
import type { FileViewProps } from "./file-view-props.ts";
import { Unseen } from "./picture.tsx";
import { useBroken } from "./use-broken.ts";

type PlayerProps = FileViewProps & { url: string | undefined };

/** A video, with the browser's own controls. */
export function Video({ file, url, isPending, reachable }: PlayerProps) {
  const { broken, failed } = useBroken(file);
  if (broken !== undefined) {
    return (
      <Unseen text={broken}>
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
        <p className="min-w-0 grow truncate text-sm font-semibold" title={file.name}>
          <bdi>{file.name}</bdi>
        </p>
        <span className="shrink-0 text-xs text-ink-soft">{megabytes(file.size)}</span>
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
        className="h-10 w-full"
      />
    </div>
  );
}
