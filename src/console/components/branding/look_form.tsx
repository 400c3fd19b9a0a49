import { Button, ColorInput, Group, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { QueryKey } from '@tanstack/react-query';
import { field_errors, use_change } from '../../api/use_change.ts';
import { Card } from '../card.tsx';
import { type Field, patch_body, read_values, type Values } from '../fields/field.ts';
import { FieldList } from '../fields/field_list.tsx';
import { ProblemAlert } from '../problem_alert.tsx';
import { PictureInput } from './picture_input.tsx';
import { Preview } from './preview.tsx';

const pictures: readonly Field[] = [
  { path: 'branding.accent', label: 'Accent colour', kind: 'text' },
  { path: 'branding.logo', label: 'Logo', kind: 'text' },
  { path: 'branding.logo_dark', label: 'Logo for the dark look', kind: 'text' },
];
const words_of = (whom_to_ask: string): readonly Field[] => [
  {
    path: 'branding.support_contact',
    label: 'Whom to ask',
    kind: 'text',
    description: whom_to_ask,
  },
  { path: 'branding.support_url', label: 'Address of the help desk', kind: 'text' },
  { path: 'branding.password_reset_url', label: 'Where a forgotten password is reset', kind: 'text' },
  {
    ...{ path: 'branding.locale', label: 'Language', kind: 'choice' },
    description: 'For people whose browser speaks none of ours.',
    choices: [
      { value: 'en', label: 'English' },
      { value: 'de', label: 'German' },
      { value: 'fr', label: 'French' },
      { value: 'es', label: 'Spanish' },
      { value: 'ja', label: 'Japanese' },
      { value: 'ar', label: 'Arabic' },
    ],
  },
  { path: 'branding.privacy_url', label: 'Privacy notice', kind: 'text', advanced: true },
  { path: 'branding.terms_url', label: 'Terms', kind: 'text', advanced: true },
];

interface LookFormProps {
  /** What the pages are headed with where there is no logo. */
  readonly name: string;
  readonly item: { readonly branding?: object | undefined };
  readonly save: (patch: Record<string, unknown>) => Promise<unknown>;
  readonly refresh: readonly QueryKey[];
  readonly read_only: boolean;
  /** Whose help desk it is. */
  readonly whom_to_ask: string;
}

/** How sign-in pages look: of an organization, or of an app. Colours and pictures only, never markup. */
export function LookForm({ name, item, save: send, refresh, read_only, whom_to_ask }: LookFormProps) {
  const [changed, set_changed] = useState<Values>({});
  const save = use_change({ run: send, done: 'Saved. The next sign-in page shows it.', refresh, then: () => set_changed({}) });
  const words = useMemo(() => words_of(whom_to_ask), [whom_to_ask]);
  const fields = [...pictures, ...words];
  const before = read_values(fields, item);
  const values = { ...before, ...changed };
  const patch = patch_body(fields, before, values);
  const errors = field_errors(save.error);
  const put = (path: string, value: unknown) => set_changed({ ...changed, [path]: value });
  const text = (path: string): string => (typeof values[path] === 'string' ? values[path] : '');
  return (
    <div className="two">
      <Card title="Look">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(patch);
          }}
        >
          <Stack>
            <ProblemAlert error={save.error} />
            <ColorInput
              label="Accent colour"
              description="Buttons and links. It is darkened or lightened by itself where it could not be read."
              placeholder="#3454d1"
              format="hex"
              value={text('branding.accent')}
              onChange={(colour) => put('branding.accent', colour)}
              error={errors['branding.accent']}
              disabled={read_only}
              swatches={['#3454d1', '#00639b', '#17703f', '#8a4b00', '#b3261e', '#6d3bd1', '#171a20']}
              eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
              // its sliders have no names for who listens; one types, takes a swatch or picks from the screen
              withPicker={false}
              popoverProps={{ withinPortal: false }}
              maw="36rem"
            />
            {pictures.slice(1).map(({ path, label }) => (
              <PictureInput
                key={path}
                label={label}
                value={text(path)}
                on_change={(value) => put(path, value)}
                error={errors[path]}
                disabled={read_only}
              />
            ))}
            <FieldList {...{ fields: words, values, errors, disabled: read_only }} on_change={put} />
            {!read_only && (
              <Group>
                <Button type="submit" disabled={Object.keys(patch).length === 0} loading={save.isPending}>
                  Save
                </Button>
                {Object.keys(patch).length > 0 && (
                  <Button variant="default" onClick={() => set_changed({})}>
                    Undo changes
                  </Button>
                )}
              </Group>
            )}
          </Stack>
        </form>
      </Card>
      <Preview
        name={name}
        accent={text('branding.accent')}
        logo={text('branding.logo')}
        logo_dark={text('branding.logo_dark')}
        contact={text('branding.support_contact')}
      />
    </div>
  );
}
