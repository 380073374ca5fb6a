import { expect } from "vitest";

/** A request of the member with a token. */
export const bearer = (token: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...more },
});

/** Somebody's. */
export const TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";

/** What a request is answered with, as status and JSON. */
export async function answer(asked: Promise<Response>): Promise<{ status: number; body: never }> {
  const response = await asked;
  return { status: response.status, body: (await response.json()) as never };
}

/** The status and the code of a refusal. */
export async function refusalOf(asked: Promise<Response>): Promise<string> {
  const { status, body } = await answer(asked);
  const { error } = body as { error: { code: string; message: string } };
  expect(error.message).toMatch(/\S/);
  return `${status} ${error.code}`;
}
