/** The two notes of the call, in Hz. */
const NOTES = [659.26, 880] as const;
/** From one note to the next, in s. */
const STEP_S = 0.11;
/** How long a note takes to fade, in s. */
const FADE_S = 0.35;
const LOUDNESS = 0.12;
/** Other tabs keep still for so long, in ms: tabs that are not in view are up to a second late. */
const ALONE_MS = 1_500;
/** How long the browser may take to let a page sound, in ms. */
const WAKE_MS = 200;

let context: AudioContext | undefined;

/**
 * Plays a short call, in one of the open tabs only. Without a click on the page since it was loaded,
 * a browser may not let it sound.
 */
export function playSound(): void {
  const play = () => ring((context ??= new AudioContext()));
  // A page without a secure context has no locks.
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) {
    void play();
    return;
  }
  void locks.request("parley:chime", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await play();
    await pause(ALONE_MS);
  });
}

async function ring(audio: AudioContext): Promise<void> {
  // While the browser wants a click first this never settles, and later the call would be too late.
  if (audio.state !== "running") await Promise.race([audio.resume(), pause(WAKE_MS)]);
  if (audio.state !== "running") return;
  for (const [at, pitch] of NOTES.entries()) {
    const from = audio.currentTime + at * STEP_S;
    const gain = new GainNode(audio, { gain: 0 });
    const note = new OscillatorNode(audio, { type: "triangle", frequency: pitch });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + FADE_S);
    note.connect(gain).connect(audio.destination);
    note.start(from);
    note.stop(from + FADE_S);
  }
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms);
  return promise;
}
