import { navigate, usePathname } from "./ui/location.ts";
import { JoinScreen } from "./screens/join-screen.tsx";
import { OfflineApp } from "./offline/offline-app.tsx";
import { storedName } from "./storage/identity.ts";
import { RoomRoute } from "./screens/room-route.tsx";
import { roomPath, routeOf } from "./ui/route.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";

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
        <OfflineApp />
      </ErrorBoundary>
    </>
  );
}
