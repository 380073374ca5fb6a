/** The columns that say which past a log is, and whose (past.ts, ownership.ts). */
export const IDENTITY_SCHEMA = `
  ALTER TABLE log ADD COLUMN generation TEXT NOT NULL DEFAULT '';
  ALTER TABLE log ADD COLUMN file_generation TEXT NOT NULL DEFAULT '';
  ALTER TABLE log ADD COLUMN born TEXT NOT NULL DEFAULT '';
  ALTER TABLE log ADD COLUMN is_backup INTEGER NOT NULL DEFAULT 0;`;
