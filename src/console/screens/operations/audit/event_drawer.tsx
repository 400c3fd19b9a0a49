import { Drawer, Stack, Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Facts } from '../../../components/facts.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { moment } from '../../../components/time_ago.tsx';

type Event = Schemas['AuditEvent'];

/** One event: field by field what was before and what after. */
export function EventDrawer({ event, on_close }: { readonly event: Event | undefined; readonly on_close: () => void }) {
  return (
    <Drawer
      opened={event !== undefined}
      onClose={on_close}
      title={event?.type}
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {event !== undefined && <Details event={event} />}
    </Drawer>
  );
}

function Details({ event: { actor, target, organization_id, ip, request_id, at, before, after, id } }: { readonly event: Event }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <Stack>
      <Facts
        of={[
          ['When', moment(at)],
          ['Who', `${actor.name ?? ''} (${actor.kind}${actor.id === undefined ? '' : ` ${actor.id}`})`],
          ip !== null && [
            'From where',
            <code key="ip" className="mono">
              {ip}
            </code>,
          ],
          target !== null && ['On what', `${target.name ?? ''} (${target.kind} ${target.id})`],
          organization_id !== null && [
            'Organization',
            <LinkAnchor key="o" to="/organizations/$organization_id" params={{ organization_id }}>
              {organization_id}
            </LinkAnchor>,
          ],
          request_id !== null && [
            'Request',
            <code key="r" className="mono">
              {request_id}
            </code>,
          ],
          [
            'Event',
            <code key="e" className="mono">
              {id}
            </code>,
          ],
        ]}
      />
      {names.length === 0 ? (
        <Text c="dimmed">No fields were changed.</Text>
      ) : (
        <div className="scroll" role="region" aria-label="Before and after" tabIndex={0}>
          <Table className="table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Field</Table.Th>
                <Table.Th scope="col">Before</Table.Th>
                <Table.Th scope="col">After</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {names.map((name) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td>
                    <Value of={before?.[name]} />
                  </Table.Td>
                  <Table.Td>
                    <Value of={after?.[name]} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  );
}

function Value({ of }: { readonly of: unknown }) {
  if (of === undefined || of === null)
    return (
      <Text span c="dimmed" inherit>
        {of === null ? 'none' : ''}
      </Text>
    );
  return <code className="mono prewrap">{typeof of === 'string' ? of : JSON.stringify(of, null, 2)}</code>;
}
