import type { DownFrame, DownPayload, DownType } from "@parley/protocol";
import { until } from "@parley/testkit";

/** Reads a stream of server-sent events, as a browser's EventSource does. */
export class ServerSentEvents {
  /** All that came. */
  text = "";
  readonly #giveUp = new AbortController();
  #read = 0;

  /** Opens a stream; rejects if the answer is none. @param body a POST's */
  static async open(
    url: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<ServerSentEvents> {
    const reader = new ServerSentEvents();
    const { signal } = reader.#giveUp;
    const request = body === undefined ? {} : { method: "POST", body };
    const response = await fetch(url, { headers, signal, ...request });
    const type = response.headers.get("content-type") ?? "";
    if (!type.startsWith("text/event-stream")) throw new Error(await response.text());
    reader.#consume(response).catch(() => {});
    return reader;
  }

  /** The frames that came, in order. */
  get frames(): DownFrame[] {
    return this.#fields("data").map((data) => JSON.parse(data) as DownFrame);
  }

  /** The `id` of the last event that had one. */
  get lastEventId(): string {
    return this.#fields("id").at(-1) ?? "";
  }

  /** The numbers of all entries that came: in `joined`, and after it. */
  get entries(): number[] {
    return this.frames.flatMap(({ type, payload }) => {
      if (type === "joined") return payload.entries.map((entry) => entry.payload.seq);
      return "seq" in payload ? [payload.seq] : [];
    });
  }

  /** Waits for the next frame of a type, past all others, and gives its payload. */
  async next<T extends DownType>(type: T): Promise<DownPayload<T>> {
    return until<DownPayload<T>>(() => {
      const at = this.frames.findIndex(
        (frame, index) => index >= this.#read && frame.type === type,
      );
      const frame = this.frames[at];
      if (!frame) throw new Error(`There was no ${type} in: ${this.text}`);
      this.#read = at + 1;
      return frame.payload as DownPayload<T>;
    });
  }

  close(): void {
    this.#giveUp.abort();
  }

  async #consume(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      this.text += decoder.decode(chunk as Uint8Array, { stream: true });
    }
  }

  #fields(name: "data" | "id"): string[] {
    const whole = this.text.slice(0, this.text.lastIndexOf("\n\n") + 2);
    const lines = whole.split("\n").filter((line) => line.startsWith(`${name}: `));
    return lines.map((line) => line.slice(name.length + 2)).filter((value) => value !== "1012");
  }
}
