import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  /** What this is for, and what to do now. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing here yet: says what would be here, and how it gets here. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <span className="round">
        <Icon name={icon} size={22} />
      </span>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" size="sm" maw="46ch">
        {children}
      </Text>
      {action !== undefined && <div style={{ marginBlockStart: '0.5rem' }}>{action}</div>}
    </div>
  );
}
