import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface Check {
  readonly key: string;
  readonly state: 'good' | 'bad' | 'wait' | 'warn';
  readonly name: ReactNode;
  readonly detail?: ReactNode;
  /** What to do about it. */
  readonly fix?: ReactNode;
  readonly action?: ReactNode;
}

const marks: Readonly<Record<Check['state'], readonly [icon: IconName, word: string, color: string]>> = {
  good: ['check', 'In order', 'good'],
  bad: ['cross', 'Wrong', 'bad'],
  warn: ['warning', 'Needs attention', 'soon'],
  wait: ['clock', 'Not yet', 'wait'],
};

/** What was looked at, ticked or crossed, and for each cross what to do. */
export function HealthList({ checks, label }: { readonly checks: readonly Check[]; readonly label: string }) {
  return (
    <ul className="checks" aria-label={label}>
      {checks.map(({ key, state, name, detail, fix, action }) => {
        const [icon, word, color] = marks[state];
        return (
          <li key={key}>
            <span className={color} role="img" aria-label={word}>
              <Icon name={icon} />
            </span>
            <div>
              <Text fw={550} size="sm">
                {name}
              </Text>
              {detail !== undefined && (
                <Text size="sm" c="dimmed">
                  {detail}
                </Text>
              )}
              {fix !== undefined && <Text size="sm">{fix}</Text>}
            </div>
            {action !== undefined && <div>{action}</div>}
          </li>
        );
      })}
    </ul>
  );
}
