/** A room's log as a file. */

/** Plain text, JSON Lines, or one HTML page that needs nothing else. */
export type ExportFormat = 'text' | 'jsonl' | 'html';

export interface ExportedLog {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}
