import { Alert, Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { Card } from '../../../components/card.tsx';
import { new_body, type Values } from '../../../components/fields/field.ts';
import { FieldList } from '../../../components/fields/field_list.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkButton } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { use_organization } from '../use_organization.ts';
import { type Protocol, protocols, source_fields } from './fields.ts';

const route = getRouteApi('/shell/organizations/$organization_id/connections/new');
const all: readonly Protocol[] = ['saml', 'oidc', 'ldap'];

/** A new connection: which protocol, and what the partner gave. It is off until somebody has tried it. */
export function CreateConnection() {
  const { organization_id } = route.useParams();
  const { protocol } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead order={2} title="New connection" lead="It starts switched off. Try it with a test sign-in, then switch it on." />
      <Stack gap="md">
        <Card title="What does the partner speak?">
          <Radio.Group
            aria-label="Protocol"
            value={protocol ?? ''}
            onChange={(chosen) => void navigate({ search: { protocol: all.find((one) => one === chosen) }, replace: true })}
          >
            <div className="tiles">
              {all.map((one) => (
                <Radio.Card key={one} value={one} className="choice">
                  <Radio.Indicator />
                  <span>
                    <strong>{protocols[one].name}</strong>
                    <br />
                    <small>{protocols[one].about}</small>
                  </span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
        </Card>
        {protocol !== undefined && <Details key={protocol} {...{ organization_id, protocol }} />}
      </Stack>
    </>
  );
}

function Details({ organization_id, protocol }: { readonly organization_id: string; readonly protocol: Protocol }) {
  const { organization } = use_organization();
  const navigate = useNavigate();
  const [name, set_name] = useState('');
  const [values, set_values] = useState<Values>({});
  const fields = source_fields[protocol];
  const shown_name = name === '' ? `${organization?.name ?? ''} ${protocols[protocol].name}`.trim() : name;
  const change = use_change({
    run: () => {
      // the connector of the protocol reads its own block and names every wrong field
      const body = { enabled: false, ...new_body(fields, values), protocol, name: shown_name } as Schemas['NewConnection'];
      return take(api.POST('/organizations/{organization_id}/connections', { params: { path: { organization_id } }, body }));
    },
    done: ({ name: made }) => `${made} was made. Try it now.`,
    refresh: [['organizations', organization_id]],
    then: ({ id }) =>
      navigate({
        to: '/organizations/$organization_id/connections/$connection_id',
        params: { organization_id, connection_id: id },
        search: { tab: 'test' },
      }),
  });
  return (
    <Card title="What the partner gave you">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(undefined);
        }}
      >
        <Stack>
          <ProblemAlert error={change.error} />
          <TextInput
            label="Name of the connection"
            description="People who can choose between several see it."
            value={shown_name}
            onChange={(event) => set_name(event.currentTarget.value)}
            maw="36rem"
            error={field_errors(change.error)['name']}
          />
          {protocol === 'saml' && (
            <Alert icon={<Icon name="info" />} maw="36rem">
              The address of the metadata or the file is enough. Our own addresses, which the partner needs, come on the next page.
            </Alert>
          )}
          <FieldList
            {...{ fields, values, errors: field_errors(change.error) }}
            on_change={(path, value) => set_values({ ...values, [path]: value })}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              Make the connection
            </Button>
            <LinkButton to="/organizations/$organization_id/connections" params={{ organization_id }} variant="default">
              Cancel
            </LinkButton>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
