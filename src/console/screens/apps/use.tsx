import { Stack, Tabs } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../components/card.tsx';
import { CopyField } from '../../components/copy_field.tsx';
import { Facts } from '../../components/facts.tsx';
import { CodeBlock } from '../../components/json_view.tsx';
import { has_secret, kind_of } from './kind.ts';
import { Secrets } from './secrets.tsx';
import { languages, snippet } from './snippets.ts';

/** What a developer copies: addresses, and a few lines in five languages. */
export function Use({ client }: { readonly client: Schemas['Client'] }) {
  const [language, set_language] = useState<(typeof languages)[number]>('Node');
  const { client_id, redirect_uris = [] } = client;
  const issuer = location.origin;
  const about = {
    issuer,
    client_id,
    redirect_uri: redirect_uris[0] ?? 'https://app.example.com/callback',
    machine: kind_of(client) === 'machine',
    secret: has_secret(client),
  };
  return (
    <Stack gap="md">
      <Card title="What it needs to know">
        <Facts
          of={[
            ['Issuer', <CopyField key="i" value={issuer} what="the issuer" />],
            ['Discovery', <CopyField key="d" value={`${issuer}/.well-known/openid-configuration`} what="the address of discovery" />],
            ['client_id', <CopyField key="c" value={client_id} what="the client_id" />],
            has_secret(client) && ['client_secret', 'Shown once, when it was made. "New secret" makes another.'],
          ]}
        />
      </Card>
      <Secrets client={client} />
      <Card
        title="In your language"
        note="With the usual library of each. An organization is chosen with the parameter organization (id or slug); without it, people are asked."
      >
        <Tabs value={language} onChange={(to) => set_language(languages.find((one) => one === to) ?? 'Node')}>
          <Tabs.List mb="md" aria-label="Languages">
            {languages.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {one}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {languages.map((one) => (
            <Tabs.Panel key={one} value={one}>
              <CodeBlock text={snippet(one, about)} label={`lines for ${one}`} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </Card>
    </Stack>
  );
}
