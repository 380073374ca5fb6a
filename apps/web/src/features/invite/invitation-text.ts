/**
 * The sentence that goes before the link of a room.
 * @param name what the room is called; undefined where it has no name
 */
export function invitationText(roomId: string, name: string | undefined): string {
  return name === undefined
    ? `Join me in room ${roomId} on Parley:`
    : `Join me in “${name}” on Parley:`;
}
