import { useId, useState } from "react";
import { storedDensity, type Density } from "../storage/density.ts";

const choices: readonly (readonly [Density, string])[] = [
  ["comfortable", "Comfortable"],
  ["compact", "Compact"],
];

/** Chooses how close messages stand, in this browser. */
export function DensitySwitch() {
  const group = useId();
  const [chosen, setChosen] = useState(() => storedDensity().read());
  const choose = (density: Density) => {
    storedDensity().write(density);
    setChosen(density);
    document.documentElement.dataset["density"] = density;
  };
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold text-ink-soft">Messages</legend>
      {choices.map(([density, words]) => (
        <label
          key={density}
          className="-mx-2 flex min-h-9 items-center gap-3 rounded-sm px-2 hover:bg-hover touch:min-h-11"
        >
          <input
            type="radio"
            name={group}
            checked={chosen === density}
            onChange={() => choose(density)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
