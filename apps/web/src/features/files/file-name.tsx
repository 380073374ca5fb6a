/** The ending of a file's name, such as `.pdf`. A longer one is part of the name. */
const ENDING = /(?<=.)\.[\p{L}\p{N}]{1,10}$/u;

/** The name of a file. Where there is no room for all of it, its ending stays: `report-of-….pdf`. */
export function FileName({ name }: { name: string }) {
  const ending = ENDING.exec(name)?.[0];
  if (ending === undefined) return <bdi className="block truncate">{name}</bdi>;
  return (
    <bdi className="relative flex min-w-0">
      {/* Read and copied in one piece, once. */}
      <span className="sr-only">{name}</span>
      <span
        aria-hidden="true"
        className="min-w-0 overflow-hidden text-ellipsis whitespace-pre select-none"
      >
        {name.slice(0, -ending.length)}
      </span>
      <span aria-hidden="true" className="shrink-0 select-none">
        {ending}
      </span>
    </bdi>
  );
}
