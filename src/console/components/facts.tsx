import type { ReactNode } from 'react';

/** Names and values; what is absent is left out. */
export function Facts({ of }: { readonly of: readonly (readonly [name: ReactNode, value: ReactNode] | false | undefined)[] }) {
  const there = of.filter((fact) => fact !== false && fact !== undefined);
  return (
    <dl className="facts">
      {there.map(([name, value], at) => (
        <div key={at} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
