import { CloseCode } from "@parley/protocol";

/** Frames of one request, and bytes of all of them together (SPEC, "Limits"). */
const FRAMES_MAX = 64;
const BYTES_MAX = 16 * 1024;

/** The code of a connection that ended without one. */
export const ABNORMAL = 1006;

export interface FramePosterDeps {
  /** Sends a request with this body. */
  post(body: string): Promise<Response>;
  /** The server answered with this frame. */
  answered(frame: unknown): void;
  /** A request failed: whether its frames arrived is unknown. */
  failed(code: number): void;
}

/** Sends frames by requests, one at a time, so that none can overtake another (SPEC D6). */
export class FramePoster {
  readonly #deps: FramePosterDeps;
  readonly #waiting: string[] = [];
  #isPosting = false;

  constructor(deps: FramePosterDeps) {
    this.#deps = deps;
  }

  add(text: string): void {
    this.#waiting.push(text);
    if (!this.#isPosting) void this.#postAll();
  }

  async #postAll(): Promise<void> {
    this.#isPosting = true;
    // What is sent in the same turn goes together.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0) {
        const response = await this.#deps.post(`{"frames":[${this.#take().join(",")}]}`);
        if (!response.ok) {
          return this.#deps.failed(response.status === 413 ? CloseCode.tooLarge : ABNORMAL);
        }
        const { frames } = (await response.json()) as { frames: readonly unknown[] };
        for (const frame of frames) this.#deps.answered(frame);
      }
      // oxlint-disable-next-line house/no-bare-catch -- a post without an answer is a lost connection
    } catch {
      this.#deps.failed(ABNORMAL);
    } finally {
      this.#isPosting = false;
    }
    return undefined;
  }

  /** The next frames that one request may carry: at least one. */
  #take(): readonly string[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((text, index) => {
      bytes += new TextEncoder().encode(text).length + 1;
      return index > 0 && (index === FRAMES_MAX || bytes > BYTES_MAX);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}
