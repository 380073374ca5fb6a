import type { RefObject } from "react";
import { IconCamera, IconMicrophone, IconPhoto } from "@tabler/icons-react";
import { closePopup, MenuEntry, Popup, type Box } from "../../ui/popup.tsx";
import { TOUCH, useMedia } from "../../ui/use-media.ts";

/** What can be sent beside text. */
export function AttachMenu({
  beside,
  box,
  onFiles,
  onRecord,
  onClose,
}: {
  beside: Box;
  /** Takes the focus once files are chosen, except where an on-screen keyboard would open. */
  box: RefObject<HTMLElement | null>;
  onFiles: (files: readonly File[]) => void;
  onRecord: () => void;
  onClose: () => void;
}) {
  const hasCamera = useMedia(TOUCH);
  const chosen = (files: readonly File[]) => {
    onFiles(files);
    if (!hasCamera) box.current?.focus();
  };
  return (
    <Popup beside={beside} role="menu" label="Attach" onClose={onClose}>
      <MenuEntry
        name="Photos and files"
        Icon={IconPhoto}
        first
        onClick={({ currentTarget }) => {
          chooseFiles({}, chosen);
          closePopup(currentTarget);
        }}
      />
      {hasCamera && (
        <MenuEntry
          name="Take a photo"
          Icon={IconCamera}
          onClick={({ currentTarget }) => {
            chooseFiles({ accept: "image/*", capture: "environment" }, chosen);
            closePopup(currentTarget);
          }}
        />
      )}
      <MenuEntry
        name="Voice message"
        Icon={IconMicrophone}
        onClick={({ currentTarget }) => {
          onRecord();
          closePopup(currentTarget);
        }}
      />
    </Popup>
  );
}

/** Opens the system's own choice of files. It must be called by a click. */
function chooseFiles(
  options: { readonly accept?: string; readonly capture?: string },
  onFiles: (files: readonly File[]) => void,
): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = options.capture === undefined;
  Object.assign(input, options);
  input.addEventListener("change", () => onFiles([...(input.files ?? [])]));
  input.click();
}
