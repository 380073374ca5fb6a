import { IconDownload, IconFile, IconFileText, IconFileZip } from "@tabler/icons-react";
import type { FileInfo } from "@parley/protocol";
import { useState } from "react";
import { fileUrl, megabytes } from "../../room/files/file-words.ts";
import { useOpenedRoom } from "../../room/use-room.ts";
import { FileName } from "./file-name.tsx";
import { useBroken } from "./use-file.ts";

/** How much of a text file is shown, in bytes. */
const PREVIEW_BYTES = 16_384;
const ARCHIVE = /zip|compressed|x-tar|gzip|x-7z|x-rar/;

interface FileCardProps {
  file: FileInfo;
  isPending: boolean;
  reachable: boolean;
  isText: boolean;
}

/** A file that is not shown: its name, its size, a download; of a text also the beginning. */
export function FileCard({ file, isPending, reachable, isText }: FileCardProps) {
  const [preview, setPreview] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const { broken, check } = useBroken(file);
  const { files } = useOpenedRoom();
  const Icon = ARCHIVE.test(file.type) ? IconFileZip : isText ? IconFileText : IconFile;
  const tabIndex = reachable ? 0 : -1;
  const toggle = async () => {
    setIsOpen(!isOpen);
    if (isOpen || preview !== undefined) return;
    const bytes = isPending
      ? await files.fetch().then(({ bytesOf }) => bytesOf(file.id))
      : await beginningAt(fileUrl(file), file.size);
    if (bytes) setPreview(await textOf(bytes));
    else if (!isPending) check();
  };
  return (
    <div className="rounded-md bg-sunken ring-1 ring-line ring-inset">
      <div className="flex min-h-14 items-center gap-2.5 py-1.5 ps-3 pe-1.5">
        <Icon aria-hidden="true" size={24} stroke={1.5} className="shrink-0 text-ink-soft" />
        <div className="min-w-0 grow">
          <p className="text-sm font-semibold" title={file.name}>
            <FileName name={file.name} />
          </p>
          <p className="text-xs text-ink-soft">
            {broken ?? <bdi>{megabytes(file.size)}</bdi>}
            {isText && !broken && (
              <span className="print:hidden">
                {" · "}
                <button
                  type="button"
                  tabIndex={tabIndex}
                  aria-expanded={isOpen}
                  className="relative font-semibold text-link before:absolute before:-inset-2 touch:before:-inset-3.5"
                  onClick={() => void toggle()}
                >
                  {isOpen ? "Hide" : "Preview"}
                </button>
              </span>
            )}
          </p>
        </div>
        {!isPending && !broken && <DownloadLink file={file} tabIndex={tabIndex} onClick={check} />}
      </div>
      {isOpen && preview !== undefined && (
        <pre
          tabIndex={tabIndex}
          className="max-h-60 overflow-auto border-t border-line px-3 py-2 font-mono text-xs whitespace-pre-wrap select-text [overflow-wrap:anywhere]"
        >
          {preview}
          {file.size > PREVIEW_BYTES && "…"}
        </pre>
      )}
    </div>
  );
}

/** Stores a file on the device, under its name. */
export function DownloadLink({
  file,
  tabIndex,
  onClick,
}: {
  file: FileInfo;
  tabIndex: number;
  onClick?: () => void;
}) {
  return (
    <a
      href={fileUrl(file)}
      download={file.name}
      tabIndex={tabIndex}
      aria-label={`Download ${file.name}`}
      data-tip="Download"
      onClick={onClick}
      className="tip grid size-10 shrink-0 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink touch:size-11 print:hidden"
    >
      <IconDownload aria-hidden="true" size={20} stroke={1.8} />
    </a>
  );
}

/** The beginning of a file at the server; undefined if it cannot be had. */
async function beginningAt(url: string, size: number): Promise<Blob | undefined> {
  const range = size > PREVIEW_BYTES ? { Range: `bytes=0-${PREVIEW_BYTES - 1}` } : undefined;
  const answer = await fetch(url, range && { headers: range }).then(
    (response) => response,
    () => undefined,
  );
  return answer?.ok ? answer.blob() : undefined;
}

/** The text that a file begins with. */
async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
