import type { FileInfo } from "@parley/protocol";

/** What every view of a file gets. */
export interface FileViewProps {
  readonly file: FileInfo;
  readonly isPending: boolean;
  readonly reachable: boolean;
  /** It is one of several pictures. */
  readonly isSmall: boolean;
}
