import { TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { MakeForm } from '../../../components/make_form.tsx';
import type { ShownSecret } from '../../../components/secret_once.tsx';

interface Props {
  readonly on_close: () => void;
  readonly on_secret: (secret: ShownSecret) => void;
}

const SUGGESTED = ['user.*', 'login.*', 'connection.*', 'group.*', 'access.ended', 'organization.*'];

export function NewEventHook({ on_close, on_secret }: Props) {
  const [url, set_url] = useState('');
  const [description, set_description] = useState('');
  const [events, set_events] = useState<string[]>([]);
  const change = use_change({
    run: () =>
      take(
        api.POST('/event-hooks', {
          body: { url, events: events.length === 0 ? 'all' : events, ...(description !== '' && { description }) },
        }),
      ),
    refresh: [['event-hooks']],
    then({ url: address, secret }) {
      on_close();
      on_secret({
        title: 'The secret of the new hook',
        values: [
          ['Address', address],
          ['Secret', secret],
        ],
        next: 'Your endpoint verifies each delivery with it (Standard Webhooks).',
      });
    },
  });
  const errors = field_errors(change.error);
  return (
    <MakeForm on_close={on_close} change={change}>
      <TextInput
        label="Address"
        placeholder="https://app.example.com/postern"
        value={url}
        error={errors['url']}
        onChange={(event) => set_url(event.currentTarget.value)}
        required
        data-autofocus
      />
      <TagsInput
        label="Hears of"
        description="Nothing: everything."
        placeholder={events.length === 0 ? 'user.*' : ''}
        data={SUGGESTED}
        value={events}
        onChange={set_events}
        error={errors['events']}
      />
      <TextInput
        label="Description"
        value={description}
        onChange={(event) => set_description(event.currentTarget.value)}
        error={errors['description']}
      />
    </MakeForm>
  );
}
