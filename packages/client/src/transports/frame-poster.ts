import { CloseCode } from "@parley/protocol";

/** The most frames in one request, and the most bytes of all of them (SPEC, "Limits"). */
const FRAMES_MAX = 64;
const BYTES_MAX = 16 * 1024;

/** The close code of a connection that ended without one. */
export const ABNORMAL = 1006;

export interface FramePosterDeps {
  /** Sends a request with this body. */
  post(body: string): Promise<Response>;
  /** The server answered with this frame. */
  answered(frame: unknown): void;
  /** A request failed: it is unknown whether its frames arrived. */
  failed(code: number): void;
}

/** Sends frames in requests, one at a time, so that none can overtake another (SPEC D6). */
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
    // Frames that are sent in the same task go together.
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

  /** The next frames for one request: at least one. */
  #take(): readonly string[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((text, index) => {
      bytes += new TextEncoder().encode(text).length + 1;
      return index > 0 && (index === FRAMES_MAX || bytes > BYTES_MAX);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}
