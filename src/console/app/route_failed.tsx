import { Button, Stack } from '@mantine/core';
import { ProblemAlert } from '../components/problem_alert.tsx';

/** A screen that broke: the rest of the console goes on. */
export function RouteFailed({ error }: { readonly error: unknown }) {
  return (
    <Stack p="lg">
      <ProblemAlert error={error} />
      <div>
        <Button variant="default" onClick={() => location.reload()}>
          Load the page again
        </Button>
      </div>
    </Stack>
  );
}
