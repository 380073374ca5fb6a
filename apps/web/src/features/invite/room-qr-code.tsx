import { lazy, Suspense } from "react";
import { useRoomId } from "../../room/room-context.ts";
import { roomLink } from "./room-link.ts";

const QrCode = lazy(() => import("./qr-code.tsx"));

/** The room's link as a QR code; what draws it is fetched when it is first needed. */
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
