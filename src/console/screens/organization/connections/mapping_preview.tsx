import { Alert, Select, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import type { WrittenMapping } from './mapping_rows.ts';
import { relative } from '../../../components/time_ago.tsx';

interface PreviewOf {
  readonly organization_id: string;
  readonly id: string;
  readonly mapping: WrittenMapping | null;
}

/** What the mapping, saved or not, would make of people who have come this way. */
export function MappingPreview({ organization_id, id, mapping }: PreviewOf) {
  const [chosen, set_chosen] = useState<string | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ['organizations', organization_id, 'connections', id, 'preview', mapping],
    queryFn: () =>
      take(
        api.POST('/organizations/{organization_id}/connections/{id}/preview-mapping', {
          params: { path: { organization_id, id } },
          body: { attribute_mapping: mapping },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const sign_ins = data?.sign_ins ?? [];
  const shown = sign_ins.find(({ reference }) => reference === chosen) ?? sign_ins[0];
  return (
    <Card title="Preview" note="On recorded sign-ins. Nothing is changed.">
      <ProblemAlert error={error} />
      {isPending && <Skeleton height={120} />}
      {data !== undefined && shown === undefined && (
        <Empty icon="person" title="Nobody to try it on">
          Make a test sign-in: what the partner sends then is tried here.
        </Empty>
      )}
      {shown !== undefined && (
        <Stack gap="md">
          <Select
            label="Sign-in"
            data={sign_ins.map(({ reference, at, purpose }) => ({
              value: reference,
              label: `${reference} (${purpose === 'test' ? 'test, ' : ''}${relative(at, Date.now())})`,
            }))}
            value={shown.reference}
            onChange={set_chosen}
            allowDeselect={false}
          />
          {!shown.ok && (
            <Alert color="red" icon={<Icon name="warning" />} title="This person could not sign in">
              Required, but not sent: {shown.missing.join(', ')}
            </Alert>
          )}
          <div aria-live="polite">
            {shown.person !== null && Object.keys(flat(shown.person)).length === 0 && (
              <Text size="sm">Nothing that the mapping asks for was sent.</Text>
            )}
            {shown.person !== null && (
              <Facts
                of={Object.entries(flat(shown.person)).map(([name, value]) => [
                  <code key="n" className="mono">
                    {name}
                  </code>,
                  value,
                ])}
              />
            )}
          </div>
          {shown.ignored.length > 0 && (
            <Text size="sm" c="dimmed">
              Left out: {shown.ignored.join('; ')}
            </Text>
          )}
          <div>
            <Text size="sm" fw={600} mb={6}>
              The partner sent
            </Text>
            <dl className="sent">
              {Object.entries(shown.sent).map(([name, values]) => (
                <div key={name}>
                  <dt className="mono">{name}</dt>
                  <dd>{values.join(', ')}</dd>
                </div>
              ))}
            </dl>
          </div>
        </Stack>
      )}
    </Card>
  );
}

/** The person's own fields, with custom attributes beside them. */
function flat(person: Readonly<Record<string, unknown>>): Record<string, string> {
  const { attributes, ...fields } = person;
  const custom =
    typeof attributes === 'object' && attributes !== null
      ? Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value] as const)
      : [];
  return Object.fromEntries(
    [...Object.entries(fields), ...custom].map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') || 'none' : String(value),
    ]),
  );
}
