import { existsSync } from "node:fs";
import { join } from "node:path";

const SOURCES = join(import.meta.dirname, "../src");

/**
 * What is fetched as soon as a room is drawn, whatever happens there. As files of their own these
 * parts, and what they share, would be fifty requests.
 */
const PARTS = [
  "features/composer/suggestion-part.ts",
  "features/connection/connection-parts.ts",
  "features/files/drop-hint.tsx",
  "features/invite/invite-panel.tsx",
  "features/messages/hold.ts",
  "features/messages/swipe-to-reply.tsx",
  "features/notifications/bell-button.tsx",
  "features/notifications/notifications.tsx",
  "features/presence/people-panel.tsx",
  "features/presence/typing-names.tsx",
  "features/private/conversations-button.tsx",
  "features/private/private-panel.tsx",
  "features/rooms/rooms-beside.tsx",
  "features/rooms/rooms-button.tsx",
  "features/shortcuts/commands.ts",
  "features/timeline/around-list.tsx",
  "features/timeline/jumps.tsx",
  "features/timeline/live-region.tsx",
  "features/timeline/printout.tsx",
  "room/conversations.ts",
  "screens/room-sheet.tsx",
  "ui/dialog.tsx",
].map((part) => join(SOURCES, part));

/** Chooses the modules of the file around the room, for the bundler. Throws if one is not there. */
export function aroundRoom(): (id: string) => boolean {
  const missing = PARTS.find((part) => !existsSync(part));
  if (missing !== undefined) throw new Error(`There is no ${missing}.`);
  const parts = new Set(PARTS);
  return (id) => parts.has(id);
}
