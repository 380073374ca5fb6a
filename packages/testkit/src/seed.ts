/** The seed of a run without SEED: what fails once fails again. */
const USUAL_SEED = 20_261_128;

/** The seed of all randomness in tests: SEED of the environment, or always the same. */
export const testSeed = Number(process.env["SEED"] ?? USUAL_SEED);
