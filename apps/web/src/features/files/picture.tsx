import { IconPhotoOff } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { thumbUrl } from "../../room/files/file-words.ts";
import { localUrl } from "../../room/files/local-urls.ts";
import { useRoom } from "../../room/use-room.ts";
import { DownloadLink } from "./file-card.tsx";
import { FileName } from "./file-name.tsx";
import { type FileViewProps, GONE, isTooLarge, useBroken } from "./use-file.ts";

/** A larger file is loaded only when it is opened, if it has a thumbnail, in bytes. */
const WHOLE_BYTES_MAX = 3_000_000;

/** A picture in the place that its size reserved; it opens in a lightbox. */
export function Picture({
  file,
  url,
  isPending,
  reachable,
  isSmall,
}: FileViewProps & { url: string | undefined }) {
  const { broken, failed, tooLarge } = useBroken(file);
  const setPicture = useRoom((state) => state.setPicture);
  const [isLoaded, setIsLoaded] = useState(false);
  if (broken !== undefined) {
    return (
      <Unseen name={file.name} text={broken} isSmall={isSmall}>
        {broken !== GONE && <DownloadLink file={file} tabIndex={reachable ? 0 : -1} />}
      </Unseen>
    );
  }
  const hasThumb = file.thumb === true && !isPending && localUrl(file.id) === undefined;
  const isWhole = !(hasThumb && (isSmall || file.size > WHOLE_BYTES_MAX));
  // A browser unpacks what it draws: not before it is known how much that is.
  const loaded = (image: HTMLImageElement) => (isTooLarge(image) ? tooLarge() : setIsLoaded(true));
  return (
    <>
      <button
        type="button"
        tabIndex={reachable ? 0 : -1}
        aria-label={`Open picture ${file.name}`}
        onClick={() => setPicture(file.id)}
        className="absolute inset-0 cursor-zoom-in overflow-clip focus-visible:-outline-offset-4"
      >
        {hasThumb && !isLoaded && (
          <img
            src={thumbUrl(file)}
            alt=""
            decoding="async"
            className="absolute inset-0 size-full object-cover"
            {...(isWhole ? {} : { onError: failed })}
          />
        )}
        {isWhole && url !== undefined && (
          <img
            src={url}
            alt={file.name}
            decoding="async"
            // One that the page has shown before is there at once, also for a printer, which waits for none.
            ref={(image) => {
              if (image?.complete && image.naturalWidth > 0) loaded(image);
            }}
            onLoad={({ currentTarget }) => loaded(currentTarget)}
            onError={failed}
            className={`absolute inset-0 size-full object-cover text-transparent print:visible print:text-ink-soft ${isLoaded ? "" : "invisible"}`}
          />
        )}
      </button>
    </>
  );
}

/** In the place of a picture or a video that cannot be shown. */
export function Unseen({
  name,
  text,
  isSmall,
  children,
}: {
  /** The file's. */
  name: string;
  text: string;
  /** Beside others, where there is no space for a sign. */
  isSmall: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-1 bg-sunken p-1 text-center text-xs text-ink-soft">
      {!isSmall && <IconPhotoOff aria-hidden="true" size={20} stroke={1.5} />}
      <span className="flex max-w-full font-semibold">
        <FileName name={name} />
      </span>
      {text}
      {children}
    </div>
  );
}
