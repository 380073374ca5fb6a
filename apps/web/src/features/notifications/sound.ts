/** The two notes of the sound, in Hz. */
const NOTES = [659.26, 880] as const;
/** From one note to the next, in s. */
const STEP_S = 0.11;
/** How long a note takes to fade, in s. */
const FADE_S = 0.35;
const LOUDNESS = 0.12;
/** For this long other tabs stay silent, in ms: hidden tabs are up to a second late. */
const ALONE_MS = 1_500;
/** How long the browser may take to let a page play sounds, in ms. */
const WAKE_MS = 200;

let context: AudioContext | undefined;

/**
 * Plays a short sound, in one of the open tabs only. Without a click since the page was loaded, a
 * browser may not play it.
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
  // This never settles while the browser waits for a click, and later the sound would be too late.
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
