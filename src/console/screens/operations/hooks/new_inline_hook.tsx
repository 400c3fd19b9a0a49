import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { MakeForm } from '../../../components/make_form.tsx';
import type { ShownSecret } from '../../../components/secret_once.tsx';

interface Props {
  readonly on_close: () => void;
  readonly on_secret: (secret: ShownSecret) => void;
}

type Point = Schemas['InlineHook']['point'];
const POINTS: readonly { value: Point; label: string }[] = [
  { value: 'before_user_created', label: 'before a user is made' },
  { value: 'before_token', label: 'before tokens are signed' },
  { value: 'after_login', label: 'after a sign-in' },
];

export function NewInlineHook({ on_close, on_secret }: Props) {
  const [url, set_url] = useState('');
  const [point, set_point] = useState<Point>('after_login');
  const [on_failure, set_on_failure] = useState<'fail_closed' | 'fail_open'>('fail_closed');
  const change = use_change({
    run: () => take(api.POST('/inline-hooks', { body: { url, point, on_failure } })),
    refresh: [['inline-hooks']],
    then({ secret }) {
      on_close();
      on_secret({
        title: 'The secret of the new hook',
        values: [['Secret', secret]],
        next: 'Your endpoint verifies each question with it.',
      });
    },
  });
  const errors = field_errors(change.error);
  return (
    <MakeForm on_close={on_close} change={change}>
      <TextInput
        label="Address"
        placeholder="https://app.example.com/ask"
        value={url}
        error={errors['url']}
        onChange={(event) => set_url(event.currentTarget.value)}
        required
        data-autofocus
      />
      <NativeSelect
        label="Asked"
        data={[...POINTS]}
        value={point}
        onChange={(event) => set_point(POINTS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'after_login')}
      />
      <NativeSelect
        label="Without an answer"
        data={[
          { value: 'fail_closed', label: 'nobody comes in' },
          { value: 'fail_open', label: 'it goes on' },
        ]}
        value={on_failure}
        onChange={(event) => set_on_failure(event.currentTarget.value === 'fail_open' ? 'fail_open' : 'fail_closed')}
      />
    </MakeForm>
  );
}
