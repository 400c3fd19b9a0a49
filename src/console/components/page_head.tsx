import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Head {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** Buttons, the most likely last. */
  readonly actions?: ReactNode;
  /** 1: the screen. 2: a part of it that has an address of its own. */
  readonly order?: 1 | 2;
}

/** The name of a screen, what it is for, and what can be done here. */
export function PageHead({ title, lead, actions, order = 1 }: Head) {
  return (
    <div className="page-head">
      <div>
        <Title order={order}>{title}</Title>
        {lead !== undefined && <p className="lead">{lead}</p>}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </div>
  );
}
