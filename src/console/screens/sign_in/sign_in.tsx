import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { query_client } from '../../api/query_client.ts';
import { ask_session, session_query } from '../../api/session.ts';
import { ProblemAlert } from '../../components/problem_alert.tsx';

const route = getRouteApi('/sign-in');

export function SignIn() {
  const { to } = route.useSearch();
  const navigate = useNavigate();
  const [key, set_key] = useState('');
  const [problem, set_problem] = useState<unknown>();
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      await ask_session('POST', '', { key });
      await query_client.invalidateQueries({ queryKey: session_query.queryKey });
      await navigate({ href: `/console${to ?? '/'}` });
    } catch (error) {
      set_problem(error);
    }
  };
  return (
    <main style={{ display: 'grid', placeItems: 'center', minBlockSize: '100dvh', padding: '1rem' }}>
      <Paper component="form" w="100%" maw="26rem" onSubmit={(event: SubmitEvent) => void enter(event)}>
        <Stack>
          <Title order={1}>Sign in to the console</Title>
          <Text c="dimmed">With an admin key of this installation.</Text>
          <ProblemAlert error={problem} />
          <PasswordInput
            label="Admin key"
            value={key}
            onChange={(event) => set_key(event.currentTarget.value)}
            autoComplete="current-password"
            required
          />
          <Button type="submit">Sign in</Button>
        </Stack>
      </Paper>
    </main>
  );
}
