const MANNERS =
  "Bright Brisk Calm Eager Early Fair Gentle Keen Lively Merry Mild Nimble Quiet Ready Steady Sunny Swift Warm";
const BIRDS =
  "Avocet Curlew Eider Fulmar Gannet Grebe Gull Heron Ibis Kittiwake Osprey Pelican Petrel Plover Puffin Skua Tern";

/**
 * A name for a user without one, such as `Calm Heron`.
 * @param random returns a number from 0 to below 1
 */
export function proposedName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)];
  return `${pick(MANNERS.split(" "))} ${pick(BIRDS.split(" "))}`;
}
