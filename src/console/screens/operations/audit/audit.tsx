import { Button, Group, Menu, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { FilterChips } from '../filter_chips.tsx';
import { EventDrawer } from './event_drawer.tsx';

type Event = Schemas['AuditEvent'];
const route = getRouteApi('/shell/audit');
const FORMATS = { ndjson: 'JSON lines', ocsf: 'OCSF', ecs: 'Elastic Common Schema', cef: 'CEF' };

/** Who did what, from where; what was before and what after. */
export function Audit() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, set_opened] = useState<Event>();
  const query = useQuery({
    queryKey: ['audit-events', search],
    queryFn: () => take(api.GET('/audit-events', { params: { query: { limit: 50, ...search } } })),
    placeholderData: keepPreviousData,
  });
  const { after: _page, ...filters } = search;
  const look_for = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const of = (name: string) => {
      const value = given.get(name);
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    };
    void navigate({ search: { ...search, type: of('type'), actor: of('actor'), target: of('target'), after: undefined } });
  };
  const columns: readonly Column<Event>[] = [
    {
      title: 'What',
      cell: (event) => (
        <button type="button" className="row-link plain" onClick={() => set_opened(event)}>
          {event.type}
        </button>
      ),
    },
    { title: 'Who', cell: ({ actor }) => actor.name ?? actor.id ?? actor.kind },
    { title: 'On what', cell: ({ target }) => target?.name ?? target?.id ?? '' },
    { title: 'From where', cell: ({ ip }) => ip !== null && <code className="mono">{ip}</code> },
    { title: 'When', cell: ({ at }) => <TimeAgo at={at} />, end: true },
  ];
  return (
    <>
      <PageHead
        title="Audit"
        lead="Everything that was changed: by whom, from where, what was before and what after. Nobody can change it."
        actions={
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" rightSection={<Icon name="down" size={16} />}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {Object.entries(FORMATS).map(([format, title]) => (
                <Menu.Item key={format} component="a" href={export_url(format, filters)} download={`audit.${format}`}>
                  {title}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        }
      />
      <Card flush>
        <form onSubmit={look_for} role="search">
          <Group p="md" gap="sm" align="flex-end">
            <TextInput label="What" name="type" placeholder="user.deactivated" defaultValue={search.type} key={`t${search.type ?? ''}`} />
            <TextInput
              label="Who"
              name="actor"
              placeholder="Id, cli or system"
              defaultValue={search.actor}
              key={`a${search.actor ?? ''}`}
            />
            <TextInput label="On what" name="target" placeholder="Id" defaultValue={search.target} key={`o${search.target ?? ''}`} />
            <Button type="submit" variant="default">
              Show
            </Button>
          </Group>
        </form>
        <FilterChips
          search={search}
          names={{ organization_id: 'organization', type: 'what', actor: 'who', target: 'on what', since: 'since' }}
          on_remove={(name) => void navigate({ search: { ...search, [name]: undefined, after: undefined } })}
        />
        <DataTable
          label="Audit events"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={search.after}
          on_page={(after) => void navigate({ search: { ...search, after } })}
          empty={
            <Empty icon="shield" title="Nothing like that was recorded">
              Take a filter away. Types end like `.created`, `.updated`, `.deleted`.
            </Empty>
          }
        />
      </Card>
      <EventDrawer event={opened} on_close={() => set_opened(undefined)} />
    </>
  );
}

const export_url = (format: string, filters: Readonly<Record<string, string | undefined>>): string => {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/api/v1/audit-events?${new URLSearchParams([...set, ['format', format], ['limit', '1000']]).toString()}`;
};
