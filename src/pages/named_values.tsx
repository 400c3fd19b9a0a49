import type { ReactNode } from 'react';

/** What came under one name, or would be stored under it. */
export interface NamedValues {
  readonly name: string;
  readonly values: readonly string[];
}

interface Props {
  readonly rows: readonly NamedValues[];
  /** The id of its heading. */
  readonly labelled_by: string;
  readonly heads: { readonly name: string; readonly value: string };
}

/** Names and values as they came, which may be wider than a phone. */
export function NamedValuesTable({ rows, labelled_by, heads }: Props): ReactNode {
  return (
    <div className="scroll" role="region" aria-labelledby={labelled_by} tabIndex={0}>
      <table aria-labelledby={labelled_by}>
        <thead>
          <tr>
            <th scope="col">{heads.name}</th>
            <th scope="col">{heads.value}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="mono">
                <bdi>{row.name}</bdi>
              </th>
              <td>
                {row.values.map((value, at) => (
                  <div key={`${at} ${value}`}>
                    <bdi>{value}</bdi>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
