import { Button } from '@mantine/core';
import { Empty } from '../components/empty.tsx';

export function NotFound() {
  return (
    <Empty
      icon="search"
      title="There is no such page"
      action={
        <Button component="a" href="/console/" variant="default">
          To the dashboard
        </Button>
      }
    >
      The address may be cut off, or what it led to has been deleted.
    </Empty>
  );
}
