import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 16;
const PUBLIC_ID_CHARS = 16;
const GUEST_CHARS = 4;

/**
 * Makes the secret by which a member comes back as the same member: 128 random bits as base64url
 * (SPEC P2).
 */
export function mintToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/**
 * The id of a member in a room: 96 bits of a digest of their token and the room. It gives away
 * neither the token nor the member's id in another room (SPEC P2).
 */
export function publicId(token: string, roomId: string): string {
  const digest = createHash("sha256").update(`${roomId}\n${token}`).digest("base64url");
  return digest.slice(0, PUBLIC_ID_CHARS);
}

/** The id of a ring that cannot have that of its message: a digest of that and of the partner's. */
export function ringId(partnerId: string, messageId: string): string {
  return createHash("sha256").update(`${partnerId}\n${messageId}`).digest("base64url");
}

/** The name of a member who gave none. */
export function guestName(memberId: string): string {
  const letters = memberId.replace(/[^A-Za-z0-9]/g, "").slice(0, GUEST_CHARS);
  return `guest-${letters.toLowerCase()}`;
}
