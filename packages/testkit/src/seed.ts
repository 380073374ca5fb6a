/** The seed of every run that names no other: what fails once fails again. */
const USUAL_SEED = 20_261_128;

/** What tests draw by chance comes from this seed: SEED of the environment, or always the same. */
export const testSeed = Number(process.env["SEED"] ?? USUAL_SEED);
