import { IconCheck, IconCopy, IconLink, IconShare2 } from "@tabler/icons-react";
import { textSetting } from "../../room/settings-slice.ts";
import { useRoom, useRoomId } from "../../room/use-room.ts";
import { roomLink } from "../../ui/route.ts";
import { lazyComponent } from "../../ui/lazy.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { useCopy } from "../../ui/copy.ts";

/** The room's link to read, scan, copy and share. */
export function InvitePanel() {
  const roomId = useRoomId();
  const name = useRoom((state) => textSetting(state, "name"));
  const link = roomLink(roomId);
  const { copied, copy } = useCopy(link);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-center gap-4">
      <RoomQrCode className="aspect-square w-44 max-w-full" />
      <div className="flex max-w-full items-center gap-1">
        <p className="wrap-anywhere min-w-0 text-center font-mono text-sm text-ink-soft select-all">
          {link}
        </p>
        <IconButton label="Copy link" tip={copied ? "Copied" : "Copy link"} onClick={copy}>
          {copied ? (
            <IconCheck aria-hidden="true" size={20} stroke={2} className="text-good" />
          ) : (
            <IconLink aria-hidden="true" size={20} stroke={1.8} />
          )}
        </IconButton>
        <span aria-live="polite" className="sr-only">
          {copied && "The link is copied."}
        </span>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <CopyInvitationButton look="primary" />
        {canShare() && (
          <Button onClick={() => share(invitationText(roomId, name), link)}>
            <IconShare2 aria-hidden="true" size={18} stroke={1.8} />
            Share
          </Button>
        )}
      </div>
    </div>
  );
}

/** Copies an invitation: a sentence and the link. */
export function CopyInvitationButton(props: Pick<Parameters<typeof Button>[0], "look" | "size">) {
  const roomId = useRoomId();
  const name = useRoom((state) => textSetting(state, "name"));
  const { copied, copy } = useCopy(`${invitationText(roomId, name)} ${roomLink(roomId)}`);
  return (
    <Button {...props} onClick={copy}>
      {copied ? (
        <IconCheck aria-hidden="true" size={18} stroke={2} />
      ) : (
        <IconCopy aria-hidden="true" size={18} stroke={1.8} />
      )}
      {copied ? "Copied" : "Copy invitation"}
    </Button>
  );
}

/** The QR code is fetched when it is first needed; without it, the link still works. */
const QrCode = lazyComponent(async () => (await import("./qr-code.tsx")).QrCode, NoQrCode);

/** The room's link as a QR code. */
function RoomQrCode({ className }: { className: string }) {
  const roomId = useRoomId();
  return (
    <div className={className}>
      <QrCode text={roomLink(roomId)} label={`QR code of the link to room ${roomId}`} />
    </div>
  );
}

function NoQrCode() {
  return (
    <p className="grid size-full place-content-center rounded-md bg-sunken p-4 text-center text-sm text-ink-soft">
      The QR code could not be loaded.
    </p>
  );
}

/** Whether this device can share a link with another app. */
function canShare(): boolean {
  return typeof navigator.share === "function";
}

/** Offers a link, with a sentence before it, to the device's apps. */
function share(text: string, url: string): void {
  navigator
    .share({ text, url })
    // A user who closes the sheet changed their mind; there is nothing to report.
    .catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
    });
}

/**
 * The sentence before the link of a room.
 * @param name the room's name; undefined if it has none
 */
function invitationText(roomId: string, name: string | undefined): string {
  return name === undefined
    ? `Join me in room ${roomId} on Parley:`
    : `Join me in “${name}” on Parley:`;
}

/** Shown in a room without messages: what to do about it. */
export function EmptyRoom() {
  const empty = useRoom(
    ({ older, messages, outgoing }) =>
      older.is === "beginning" && messages.length === 0 && outgoing.length === 0,
  );
  const alone = useRoom(({ people }) => (people?.count ?? 1) <= 1);
  if (!empty) return null;
  return (
    <div className="absolute inset-0 grid animate-appear grid-cols-[minmax(0,1fr)] overflow-y-auto bg-canvas p-4">
      <section
        aria-label="Invite people"
        className="m-auto grid w-full max-w-sm grid-cols-[minmax(0,1fr)] gap-5 rounded-lg bg-surface px-5 py-6 text-center shadow-low"
      >
        <div>
          <h2 className="text-xl font-bold tracking-tight">
            {alone ? "You are the first here." : "Nothing is said yet."}
          </h2>
          <p className="mt-1 text-ink-soft">
            {alone
              ? "Share the link: everyone who opens it can join."
              : "Write the first message, or bring others in."}
          </p>
        </div>
        <InvitePanel />
      </section>
    </div>
  );
}

/** Shown in a room with messages but no other member: how to invite others. */
export function AloneLine() {
  const isAlone = useRoom(
    ({ people, messages, status }) =>
      status.is === "joined" && people?.count === 1 && messages.length > 0,
  );
  if (!isAlone) return null;
  return (
    <div className="mx-auto flex w-full max-w-3xl animate-appear flex-wrap items-center gap-x-3 px-4 text-sm text-ink-soft sm:px-7">
      Nobody else is here.
      <CopyInvitationButton look="quiet" size="sm" />
    </div>
  );
}
