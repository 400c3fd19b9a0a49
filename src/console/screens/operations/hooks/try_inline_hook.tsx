import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { Card } from '../../../components/card.tsx';
import { type Check, HealthList } from '../../../components/health_list.tsx';
import { CodeBlock, JsonView } from '../../../components/json_view.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

type Tried = Schemas['InlineHookTest'];

/** Asks the endpoint now, about nobody or about what is typed, and shows what came back. */
export function TryInlineHook({ id, timeout_ms }: { readonly id: string; readonly timeout_ms: number }) {
  const [text, set_text] = useState('');
  const data = read(text);
  const ask = use_change({
    run: () => take(api.POST('/inline-hooks/{id}/test', { params: { path: { id } }, body: data === undefined ? {} : { data } })),
  });
  const wrong = text.trim() !== '' && data === undefined;
  return (
    <Card
      order={2}
      title="Ask it now"
      note="Signed, as while a person waits; nobody waits, and nothing is remembered. The question says that it is a test."
      actions={
        <Button disabled={wrong} loading={ask.isPending} onClick={() => ask.mutate(undefined)}>
          Ask
        </Button>
      }
    >
      <Stack gap="md">
        <Textarea
          label="About whom"
          description="JSON, as in data of the question. Nothing: an invented person."
          placeholder={'{ "user": { "email": "ann@example.com" } }'}
          value={text}
          onChange={(event) => set_text(event.currentTarget.value)}
          error={wrong ? 'This is not an object in JSON.' : undefined}
          autosize
          minRows={2}
          maxRows={12}
          maw="40rem"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
        />
        <ProblemAlert error={ask.error} />
        <div role="status">{ask.data !== undefined && <Answer tried={ask.data} timeout_ms={timeout_ms} />}</div>
      </Stack>
    </Card>
  );
}

const words = { continue: 'It lets the person go on.', deny: 'It refuses the person.', wait: 'It makes the person wait for an approval.' };

function Answer({ tried, timeout_ms }: { readonly tried: Tried; readonly timeout_ms: number }) {
  const { ok, status, took_ms, answer, problem, body, asked } = tried;
  const slow = took_ms > timeout_ms / 2;
  const checks: readonly Check[] = [
    {
      key: 'answer',
      state: status === 200 || status === 204 ? 'good' : 'bad',
      name: status === null ? 'No answer' : `Answered ${status}`,
      detail: `after ${took_ms} ms`,
    },
    ...(slow ? [{ key: 'slow', state: 'warn' as const, name: 'Slow', detail: `More than half of the ${timeout_ms} ms that it has.` }] : []),
    {
      key: 'read',
      state: ok ? 'good' : 'bad',
      name: answer === null ? 'It counts as not answered' : words[answer.action],
      detail: answer?.message ?? undefined,
      fix: problem ?? undefined,
    },
  ];
  return (
    <Stack gap="md">
      <HealthList label="What came of it" checks={checks} />
      {answer !== null && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            As it was understood
          </Text>
          <JsonView value={answer} label="the answer as it was understood" />
        </div>
      )}
      {body !== null && body !== '' && (
        <details>
          <summary>As it came</summary>
          <CodeBlock text={body} label="the answer as it came" wrap />
        </details>
      )}
      <details>
        <summary>What it was asked</summary>
        <JsonView value={asked} label="the question" />
      </details>
    </Stack>
  );
}

function read(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined; // an object
  } catch {
    return undefined;
  }
}
