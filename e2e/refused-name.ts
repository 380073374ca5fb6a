import type { Person } from "./people.ts";

/**
 * Refuses the first new name that a person asks for, as a server does.
 * @returns answers it
 */
export async function refusesName(
  { page }: Person,
  refusal: { readonly code: string; readonly message: string; readonly temporary: boolean },
): Promise<() => void> {
  let answer: (() => void) | undefined;
  await page.routeWebSocket(/\/ws/, (client) => {
    const server = client.connectToServer();
    client.onMessage((text) => {
      const frame = JSON.parse(text.toString()) as { type: string; payload: { ref?: string } };
      if (frame.type !== "rename" || answer) return server.send(text);
      const payload = { ...refusal, ref: frame.payload.ref };
      answer = () => client.send(JSON.stringify({ type: "error", payload }));
    });
  });
  return () => answer?.();
}
