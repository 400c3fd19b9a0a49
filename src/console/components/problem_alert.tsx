import { Alert, Button, Group, List, Text } from '@mantine/core';
import { Problem } from '../api/problem.ts';
import { CopyButton } from './copy_field.tsx';
import { Icon } from './icon.tsx';

interface ProblemAlertProps {
  readonly error: unknown;
  readonly retry?: (() => unknown) | undefined;
}

/** What was refused, field by field, and the reference under which the log has it. */
export function ProblemAlert({ error, retry }: ProblemAlertProps) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof Problem ? error : undefined;
  const message = problem?.message ?? 'Something went wrong in the console itself. Load the page again.';
  return (
    <Alert color="red" icon={<Icon name="warning" />} role="alert" title={message}>
      {problem !== undefined && problem.fields.length > 0 && (
        <List size="sm" spacing={2}>
          {problem.fields.map(({ path, message: what }) => (
            <List.Item key={`${path} ${what}`}>
              {path !== '' && <code className="mono">{path}</code>} {what}
            </List.Item>
          ))}
        </List>
      )}
      <Group gap="xs" mt="xs">
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        )}
        {problem?.reference !== undefined && (
          <Group gap={4}>
            <Text size="sm" c="dimmed" component="span">
              Reference <code className="mono">{problem.reference}</code>
            </Text>
            <CopyButton value={problem.reference} what="the reference" />
          </Group>
        )}
      </Group>
    </Alert>
  );
}
