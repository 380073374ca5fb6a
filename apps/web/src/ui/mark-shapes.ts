/** The mark's three shapes, back to front, as paths in a square of 64. */
export const markShapes = {
  blue: "M16 4h14a14 14 0 0 1 14 14v12a14 14 0 0 1-14 14H4a2 2 0 0 1-2-2V18A14 14 0 0 1 16 4Z",
  yellow: "M34 20h26a2 2 0 0 1 2 2v24a14 14 0 0 1-14 14H34a14 14 0 0 1-14-14V34a14 14 0 0 1 14-14Z",
  navy: "M34 20h10v10a14 14 0 0 1-14 14H20V34a14 14 0 0 1 14-14Z",
} as const;
