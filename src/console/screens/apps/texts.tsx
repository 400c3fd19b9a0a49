import { Button, Checkbox, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { field_errors, use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { find_texts, type TextLanguage, text_languages } from './stock_texts.ts';

const SHOWN = 20;
type Own = Readonly<Record<string, string>>;

/** The app's own words on the pages of its sign-ins, language by language, beside the stock ones. */
export function AppTexts({ client, etag }: { readonly client: Schemas['Client']; readonly etag: string }) {
  const [language, set_language] = useState<TextLanguage>('en');
  const { data: stock } = useQuery({
    queryKey: ['page-texts', language],
    queryFn: async (): Promise<Own> => (await take(api.GET('/page-texts/{locale}', { params: { path: { locale: language } } }))).texts,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Card
      title="Words"
      note="What you write takes the place of the stock text, in this app’s sign-ins. {names} in braces stay as they are: they are filled in."
    >
      <Stack>
        <Select
          label="Language"
          data={text_languages.map(({ value, label }) => {
            const count = Object.keys(client.texts?.[value] ?? {}).length;
            return { value, label: count === 0 ? label : `${label} (${count} of your own)` };
          })}
          value={language}
          onChange={(to) => set_language(text_languages.find(({ value }) => value === to)?.value ?? 'en')}
          allowDeselect={false}
          maw="20rem"
        />
        {stock !== undefined && <Texts key={language} {...{ client, etag, language, stock }} />}
      </Stack>
    </Card>
  );
}

interface TextsProps {
  readonly client: Schemas['Client'];
  readonly etag: string;
  readonly language: TextLanguage;
  readonly stock: Own;
}

function Texts({ client, etag, language, stock }: TextsProps) {
  const { write_installation } = use_rights();
  const own: Own = client.texts?.[language] ?? {};
  const [changed, set_changed] = useState<Own>({});
  const [typed, set_typed] = useState('');
  const [only_own, set_only_own] = useState(false);
  const save = use_change({
    run: () => {
      // what is empty is the stock text again
      const texts = {
        [language]: Object.fromEntries(Object.entries(changed).map(([name, text]) => [name, text.trim() === '' ? null : text])),
      };
      return take(api.PATCH('/clients/{id}', { params: { path: { id: client.id }, header: { 'If-Match': etag } }, body: { texts } }));
    },
    done: 'Saved. The next sign-in page says it.',
    refresh: [['clients']],
    then: () => set_changed({}),
  });
  const now: Own = { ...own, ...changed };
  const found = find_texts(stock, now, typed).filter((name) => !only_own || (now[name] ?? '') !== '');
  const errors = field_errors(save.error);
  const dirty = Object.entries(changed).some(([name, text]) => text !== (own[name] ?? ''));
  return (
    <form
      lang={language}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <Stack lang="en">
        <Group align="flex-end">
          <TextInput
            label="Find a text"
            placeholder="Part of a name or text"
            value={typed}
            onChange={(event) => set_typed(event.currentTarget.value)}
            style={{ flex: '0 1 20rem' }}
          />
          <Checkbox label="Only my own" checked={only_own} onChange={(event) => set_only_own(event.currentTarget.checked)} mb={8} />
        </Group>
        <ProblemAlert error={save.error} />
        <Text size="sm" c="dimmed" role="status">
          {found.length} of {Object.keys(stock).length} texts
          {found.length > SHOWN && `, the first ${SHOWN} shown: type what you look for`}
        </Text>
        {found.slice(0, SHOWN).map((name) => (
          <Textarea
            key={name}
            label={<code className="mono">{name}</code>}
            description={
              <span lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
                {stock[name]}
              </span>
            }
            lang={language}
            dir={language === 'ar' ? 'rtl' : 'ltr'}
            value={now[name] ?? ''}
            onChange={(event) => set_changed({ ...changed, [name]: event.currentTarget.value })}
            error={errors[`texts.${language}.${name}`]}
            disabled={!write_installation}
            autosize
            minRows={1}
            maxRows={6}
          />
        ))}
        {write_installation && (
          <Group className="save-bar">
            <Button type="submit" disabled={!dirty} loading={save.isPending}>
              Save
            </Button>
            {dirty && (
              <Button variant="default" onClick={() => set_changed({})}>
                Undo changes
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
