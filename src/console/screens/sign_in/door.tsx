import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';

/** What stands before the console: one matter in the middle of the page. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="door">
      <Paper w="100%" maw="28rem">
        <Stack>
          <span className="door-mark">
            <Icon name="gate" size={22} /> Postern
          </span>
          <Title order={1}>{title}</Title>
          {children}
        </Stack>
      </Paper>
    </main>
  );
}
