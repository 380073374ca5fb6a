/**
 * The sentence before the link of a room.
 * @param name the room's name; undefined if it has none
 */
export function invitationText(roomId: string, name: string | undefined): string {
  return name === undefined
    ? `Join me in room ${roomId} on Parley:`
    : `Join me in “${name}” on Parley:`;
}
