import { lazy, Suspense } from "react";
import { useRoomId } from "../../room/room-context.ts";
import { roomLink } from "../../route.ts";

/** What draws the code is fetched when it is first needed; without it, the link still does. */
const QrCode = lazy(() => import("./qr-code.tsx").catch(() => ({ default: NoQrCode })));

/** The room's link as a QR code. */
export function RoomQrCode({ className }: { className: string }) {
  const roomId = useRoomId();
  return (
    <div className={className}>
      <Suspense fallback={null}>
        <QrCode text={roomLink(roomId)} label={`QR code of the link to room ${roomId}`} />
      </Suspense>
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
