/** What names a line of speech, from the moment it is written: its author and its id. */
export function rowKey(authorId: string, id: string): string {
  return `${authorId}/${id}`;
}

/** The parts of a {@link rowKey}. Ids hold no slash. */
export function readRowKey(row: string): { authorId: string; id: string } {
  const slash = row.indexOf("/");
  return { authorId: row.slice(0, slash), id: row.slice(slash + 1) };
}
