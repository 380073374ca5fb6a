import { navigate, usePathname, roomPath, routeOf } from "./ui/route.ts";
import { JoinScreen } from "./screens/join-screen.tsx";
import { storedName } from "./storage/identity.ts";
import { RoomRoute } from "./screens/room-route.tsx";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { lazyPart, useIsShown, useLazy } from "./ui/lazy.tsx";

/** The two screens: join, and a room. */
export function App() {
  const route = routeOf(usePathname());
  const join = (roomId: string, name: string) => {
    storedName().write(name);
    navigate(roomPath(roomId));
  };
  return (
    <>
      <ErrorBoundary>
        {route.is === "room" ? (
          <RoomRoute key={route.code} code={route.code} />
        ) : (
          <JoinScreen onJoin={join} />
        )}
        <OfflineApp isInRoom={route.is === "room"} />
      </ErrorBoundary>
    </>
  );
}

/** Without it, the app works online. */
const updateNotice = lazyPart(() => import("./offline/update-notice.tsx"));
/** In development every file is current; outside HTTPS and localhost, browsers have no workers. */
const CAN_KEEP = import.meta.env.PROD && "serviceWorker" in navigator;

/**
 * Lets the app open without a network, and shows when a newer version exists. The whole app is
 * fetched for that, so the messages of a room come first.
 */
function OfflineApp({ isInRoom }: { isInRoom: boolean }) {
  const isShown = useIsShown();
  const part = useLazy(updateNotice, CAN_KEEP && (isShown || !isInRoom));
  return part && <part.UpdateNotice />;
}
