/** One line of a report, as the API writes it. */
export interface ReportedRow {
  readonly row: number;
  readonly id: string | null;
  readonly user_name: string | null;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** More than this nobody reads on a screen. */
export const SHOWN_ROWS = 200;

export const read_report = (text: string): readonly ReportedRow[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, SHOWN_ROWS)
    .map((line) => JSON.parse(line) as ReportedRow); // lines of the API
