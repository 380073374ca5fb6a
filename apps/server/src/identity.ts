import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 16;
const PUBLIC_ID_CHARS = 16;
const GUEST_CHARS = 4;

/** Makes the secret by which a person comes back as themselves: 128 random bits as base64url (SPEC P2). */
export function mintToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/**
 * The id under which a room knows a person: 96 bits of a digest of their token and the room, so
 * that it gives away neither the token nor who they are in another room (SPEC P2).
 */
export function publicId(token: string, roomId: string): string {
  const digest = createHash("sha256").update(`${roomId}\n${token}`).digest("base64url");
  return digest.slice(0, PUBLIC_ID_CHARS);
}

/** What somebody is called who gave no name. */
export function guestName(memberId: string): string {
  const letters = memberId.replace(/[^A-Za-z0-9]/g, "").slice(0, GUEST_CHARS);
  return `guest-${letters.toLowerCase()}`;
}
