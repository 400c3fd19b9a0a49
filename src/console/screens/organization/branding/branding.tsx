import { Button, ColorInput, FileInput, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Field, patch_body, read_values, type Values } from '../../../components/fields/field.ts';
import { FieldList } from '../../../components/fields/field_list.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { use_organization, use_organization_id } from '../use_organization.ts';
import { Preview } from './preview.tsx';

const pictures: readonly Field[] = [
  { path: 'branding.accent', label: 'Accent colour', kind: 'text' },
  { path: 'branding.logo', label: 'Logo', kind: 'text' },
  { path: 'branding.logo_dark', label: 'Logo for the dark look', kind: 'text' },
];
const words: readonly Field[] = [
  {
    path: 'branding.support_contact',
    label: 'Whom to ask',
    kind: 'text',
    description: 'The help desk of this organization: its people see it when a sign-in fails.',
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
const fields = [...pictures, ...words];
const PICTURE_BYTES = 512 * 1024;

/** How the sign-in pages look to the people of this organization. Colours and pictures only, never markup. */
export function Branding() {
  const organization_id = use_organization_id();
  const { organization, etag } = use_organization();
  const { write_organization } = use_rights();
  const [changed, set_changed] = useState<Values>({});
  const save = use_change({
    run: (body: Record<string, unknown>) =>
      take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id }, header: { 'If-Match': etag } }, body })),
    done: 'Saved. The next sign-in page shows it.',
    refresh: [['organizations', organization_id]],
    then: () => set_changed({}),
  });
  if (organization === undefined) return null;
  const before = read_values(fields, organization);
  const values = { ...before, ...changed };
  const patch = patch_body(fields, before, values);
  const errors = field_errors(save.error);
  const put = (path: string, value: unknown) => set_changed({ ...changed, [path]: value });
  const text = (path: string): string => (typeof values[path] === 'string' ? values[path] : '');
  return (
    <>
      <PageHead order={2} title="Branding" lead="How the sign-in pages look to the people of this organization." />
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
                disabled={!write_organization}
                swatches={['#3454d1', '#00639b', '#17703f', '#8a4b00', '#b3261e', '#6d3bd1', '#171a20']}
                eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
                maw="36rem"
              />
              {pictures.slice(1).map(({ path, label }) => (
                <PictureInput
                  key={path}
                  label={label}
                  value={text(path)}
                  on_change={(value) => put(path, value)}
                  error={errors[path]}
                  disabled={!write_organization}
                />
              ))}
              <FieldList {...{ fields: words, values, errors, disabled: !write_organization }} on_change={put} />
              {write_organization && (
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
          name={organization.name}
          accent={text('branding.accent')}
          logo={text('branding.logo')}
          logo_dark={text('branding.logo_dark')}
          contact={text('branding.support_contact')}
        />
      </div>
    </>
  );
}

interface PictureInputProps {
  readonly label: string;
  readonly value: string;
  readonly on_change: (value: string) => void;
  readonly error: string | undefined;
  readonly disabled: boolean;
}

/** A picture is sent as it is; the broker reads it and makes its own of it. */
function PictureInput({ label, value, on_change, error, disabled }: PictureInputProps) {
  const [mistake, set_mistake] = useState<string>();
  const read = (file: File | null) => {
    if (file === null) return;
    if (file.size > PICTURE_BYTES) return set_mistake('Must be smaller than 512 kB.');
    set_mistake(undefined);
    const reader = new FileReader();
    reader.onload = () => on_change(typeof reader.result === 'string' ? reader.result : '');
    reader.readAsDataURL(file);
  };
  return (
    <Group align="flex-end" gap="sm">
      <FileInput
        label={label}
        placeholder={value === '' ? 'Choose a PNG, JPEG, WebP or SVG' : 'Choose another'}
        accept="image/png,image/jpeg,image/webp,image/svg+xml"
        onChange={read}
        error={mistake ?? error}
        disabled={disabled}
        style={{ flex: '1 1 14rem' }}
        maw="28rem"
      />
      {value !== '' && !disabled && (
        <Button variant="default" onClick={() => on_change('')}>
          Take it away
        </Button>
      )}
    </Group>
  );
}
