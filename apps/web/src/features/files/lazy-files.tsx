import { type ComponentProps, useEffect, useEffectEvent } from "react";
import { NOT_FETCHED, useToast } from "../messages/active-row.ts";
import { lazyComponent, lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import { useRoom } from "../../room/use-room.ts";
import type { AttachMenu } from "./attach-menu.tsx";
import type { DropHint } from "./drop-hint.tsx";
import type { FileView } from "./file-view.tsx";
import type { TrayView } from "./tray-view.tsx";
import type { UploadState } from "./upload-state.tsx";

/** What can be sent beside text; fetched when it is opened. */
export const LazyAttachMenu = lazyComponent<
  ComponentProps<typeof AttachMenu> & { onNotFetched: () => void }
>(async () => (await import("./attach-menu.tsx")).AttachMenu, NotFetched);

function NotFetched({ onNotFetched, onClose }: { onNotFetched: () => void; onClose: () => void }) {
  const failed = useEffectEvent(() => {
    onNotFetched();
    onClose();
  });
  useEffect(() => failed(), []);
  return null;
}

/** Says where files can be dropped; fetched after the room is shown. */
export const LazyDropHint = lazyComponent<ComponentProps<typeof DropHint>>(
  onceShown(async () => (await import("./drop-hint.tsx")).DropHint),
);

/** Fetched with the first message with files. */
export const LazyFileView = lazyComponent<ComponentProps<typeof FileView>>(
  async () => (await import("./file-view.tsx")).FileView,
);

/** Fetched when a file is first chosen. */
export const LazyTrayView = lazyComponent<ComponentProps<typeof TrayView>>(
  async () => (await import("./tray-view.tsx")).TrayView,
);

/** Fetched with the first message of one's own that has files. */
export const LazyUploadState = lazyComponent<ComponentProps<typeof UploadState>>(
  async () => (await import("./upload-state.tsx")).UploadState,
);

/** Fetched when something is first recorded. */
export const lazyRecorder = lazyPart(() => import("./recorder.tsx"));

/** Fetched when a picture is first opened. */
const lightbox = lazyPart(() => import("./lightbox.tsx"));

/** Shows the picture that is open. It stays open when its row is drawn again. */
export function OpenPicture() {
  const picture = useRoom((state) => state.picture);
  const setPicture = useRoom((state) => state.setPicture);
  const showToast = useToast();
  const part = useLazy(lightbox, picture !== undefined, () => {
    setPicture(undefined);
    showToast(NOT_FETCHED);
  });
  return part && picture !== undefined && <part.Lightbox first={picture} />;
}
