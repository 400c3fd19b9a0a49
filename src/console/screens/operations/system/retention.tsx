import { Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { LinkAnchor } from '../../../components/links.tsx';

type Setting = Schemas['System']['settings'][number];

/** What is kept, how 0 is to be read, and where it can be seen. */
const kept: readonly {
  readonly name: string;
  readonly what: string;
  readonly zero: string;
  readonly seen?: '/sign-ins' | '/audit' | '/hooks';
}[] = [
  { name: 'trace_days', what: 'Traces of sign-ins', zero: 'not at all', seen: '/sign-ins' },
  { name: 'audit_days', what: 'Audit events', zero: 'for good', seen: '/audit' },
  { name: 'receipt_days', what: 'Receipts of ended access', zero: 'for good' },
  { name: 'scim_request_days', what: 'Requests of directories', zero: 'not at all' },
  { name: 'import_days', what: 'Reports of imports', zero: 'not at all' },
  { name: 'delivered_days', what: 'Deliveries that arrived', zero: 'not at all', seen: '/hooks' },
  { name: 'given_up_days', what: 'Deliveries that were given up', zero: 'until somebody looks', seen: '/hooks' },
  { name: 'erase_inactive_days', what: 'People whose access has ended', zero: 'until somebody erases them' },
];

/** How long what is known of people and of what happened stays. */
export function Retention({ settings }: { readonly settings: readonly Setting[] }) {
  const by_name = new Map(settings.map((setting) => [setting.name, setting]));
  const rows = kept.flatMap(({ name, ...about }) => {
    const setting = by_name.get(name);
    return setting === undefined ? [] : [{ ...about, setting }];
  });
  return (
    <Card
      order={2}
      title="What is kept, and how long"
      note="The settings say so; a restart reads them. What is over is removed within ten minutes."
      flush
    >
      <div className="scroll" role="region" aria-label="What is kept" tabIndex={0}>
        <Table className="table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">What</Table.Th>
              <Table.Th scope="col">How long</Table.Th>
              <Table.Th scope="col">Setting</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ what, zero, seen, setting }) => (
              <Table.Tr key={setting.name}>
                <Table.Th scope="row">
                  {seen === undefined ? (
                    what
                  ) : (
                    <LinkAnchor inherit to={seen}>
                      {what}
                    </LinkAnchor>
                  )}
                </Table.Th>
                <Table.Td>{in_days(setting.value, zero)}</Table.Td>
                <Table.Td miw="16rem">
                  <code className="mono">{setting.environment}</code>
                  <Text size="sm" c="dimmed">
                    {setting.summary}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

function in_days(value: string | null, zero: string): string {
  if (value === null || value === '0') return zero;
  return value === '1' ? '1 day' : `${value} days`;
}
