import { IconAlertTriangle, IconFile, IconMicrophone, IconVideo, IconX } from "@tabler/icons-react";
import { useCallback } from "react";
import { megabytes, minutes } from "../../room/files/file-words.ts";
import { kindOf } from "../../room/files/kinds.ts";
import type { Tray, TrayItem } from "../../room/files/tray.ts";
import { TRAY_MAX } from "../../room/files/tray.ts";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { FileName } from "./file-name.tsx";

/** The files that the next message takes along. */
export function TrayView({ tray, items }: { tray: Tray; items: readonly TrayItem[] }) {
  const reducible = items.filter(({ state }) => state.is === "ready" && state.canReduce);
  const isOriginal = reducible.length > 0 && reducible.every((item) => item.isOriginal);
  const isUnkept = items.some(({ state }) => state.is === "ready" && !state.isKept);
  return (
    <section aria-label="Files to send" className="mb-1.5 animate-appear">
      <ul className="flex gap-2 overflow-x-auto rounded-md bg-sunken p-2">
        {items.map((item) => (
          <li key={item.key} className="shrink-0">
            <TrayCard item={item} onRemove={() => tray.remove(item.key)} />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-4 px-2 text-xs text-ink-soft">
        {reducible.length > 0 && (
          <label className="flex min-h-8 items-center gap-2 touch:min-h-11">
            <input
              type="checkbox"
              checked={isOriginal}
              onChange={({ target }) => {
                for (const { key } of reducible) tray.setOriginal(key, target.checked);
              }}
            />
            {reducible.length === 1 ? "Original photo" : "Original photos"}
            {isOriginal && (
              <span className="text-caution">They may hold the place where they were taken.</span>
            )}
          </label>
        )}
        {items.length > 10 && <p className="py-1.5">Sent as several messages of 10 files.</p>}
        {items.length >= TRAY_MAX && <p className="py-1.5">At most {TRAY_MAX} files at once.</p>}
        {isUnkept && (
          <p className="py-1.5 text-caution">
            This browser cannot keep files: leave the page open until they are sent.
          </p>
        )}
      </div>
    </section>
  );
}

function TrayCard({ item, onRemove }: { item: TrayItem; onRemove: () => void }) {
  const { name, size, state } = item;
  const note =
    state.is === "refused"
      ? state.why
      : state.is === "preparing"
        ? "Preparing…"
        : noteOn(state.info);
  return (
    <div
      className={classNames(
        "relative flex w-36 flex-col overflow-clip rounded-sm border bg-surface",
        state.is === "refused" ? "border-danger" : "border-line",
      )}
    >
      <div className="grid h-20 place-items-center overflow-clip bg-sunken text-ink-faint">
        <TrayPicture item={item} />
      </div>
      <div className="px-2 py-1">
        <p className="text-xs font-semibold" title={name}>
          <FileName name={name} />
        </p>
        <p
          aria-live="polite"
          className={classNames(
            "truncate text-xs",
            state.is === "refused" ? "text-danger" : "text-ink-soft",
          )}
          title={note}
        >
          {note ?? megabytes(size)}
        </p>
      </div>
      <IconButton
        label={`Remove ${name}`}
        tip="Remove"
        // A finger reaches more than the disc.
        className="absolute! end-0 top-0 size-9! bg-transparent! touch:size-11!"
        onClick={onRemove}
      >
        <span className="grid size-7 place-items-center rounded-full bg-raised/90 shadow-low">
          <IconX aria-hidden="true" size={16} stroke={2} />
        </span>
      </IconButton>
    </div>
  );
}

function noteOn({
  size,
  ms,
  w,
  h,
  type,
}: {
  size: number;
  ms?: number | undefined;
  w?: number | undefined;
  h?: number | undefined;
  type: string;
}): string {
  const length = ms === undefined ? [] : [minutes(ms)];
  const sides =
    w !== undefined && h !== undefined && type.startsWith("image/") ? [`${w} × ${h}`] : [];
  return [megabytes(size), ...length, ...sides].join(" · ");
}

function TrayPicture({ item: { state } }: { item: TrayItem }) {
  const thumb = state.is === "ready" ? state.thumb : undefined;
  const showThumb = useCallback(
    (image: HTMLImageElement | null) => {
      if (!image || !thumb) return undefined;
      image.src = URL.createObjectURL(thumb);
      return () => URL.revokeObjectURL(image.src);
    },
    [thumb],
  );
  if (thumb) return <img ref={showThumb} alt="" className="size-full object-cover" />;
  if (state.is === "refused")
    return <IconAlertTriangle aria-hidden="true" size={24} stroke={1.5} />;
  const kind = state.is === "ready" ? kindOf(state.info) : "other";
  const Icon =
    kind === "voice" || kind === "sound" ? IconMicrophone : kind === "video" ? IconVideo : IconFile;
  return <Icon aria-hidden="true" size={24} stroke={1.5} />;
}
