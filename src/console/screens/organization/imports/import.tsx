import { Alert, Button, Group, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { ask_raw } from '../../../api/raw.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkAnchor, LinkButton } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { save_text } from '../../../components/save_text.ts';
import { moment, TimeAgo } from '../../../components/time_ago.tsx';
import { ImportState, is_under_way } from './import_state.tsx';
import { read_report, SHOWN_ROWS } from './report.ts';

const route = getRouteApi('/shell/organizations/$organization_id/imports/$import_id');

/** One file: how far it is, what became of its rows, and why some were refused. */
export function ImportScreen() {
  const { organization_id, import_id: id } = route.useParams();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const path = { organization_id, id };
  const key = ['organizations', organization_id, 'user-imports', id];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => take(api.GET('/organizations/{organization_id}/user-imports/{id}', { params: { path } })),
    refetchInterval: ({ state }) => (state.data === undefined || is_under_way(state.data.status) ? 1000 : false),
  });
  const report = `/api/v1/organizations/${encodeURIComponent(organization_id)}/user-imports/${encodeURIComponent(id)}/report`;
  const refused = useQuery({
    queryKey: [...key, 'refused', data?.refused],
    queryFn: async () => read_report(await (await ask_raw('GET', `${report}?format=ndjson&outcome=refused`)).text()),
    enabled: data !== undefined && data.refused > 0,
  });
  const download = use_change({
    run: async () => (await ask_raw('GET', `${report}?format=csv`)).text(),
    then: (text) => save_text(`import-${id}.csv`, text, 'text/csv'),
  });
  if (data === undefined) return <ProblemAlert error={error} retry={refetch} />;
  const { status, dry_run, format, total, created, updated, unchanged, refused: wrong, created_at, finished_at } = data;
  const stop = (): Destruction => ({
    title: is_under_way(status) ? 'Stop this import?' : 'Forget this import?',
    what: is_under_way(status) ? 'Rows that are done stay done.' : 'Its report is gone. The people stay as they are.',
    verb: is_under_way(status) ? 'Stop' : 'Forget',
    async run() {
      await take(api.DELETE('/organizations/{organization_id}/user-imports/{id}', { params: { path } }));
      await navigate({ to: '/organizations/$organization_id/imports', params: { organization_id } });
    },
  });
  return (
    <>
      <PageHead
        order={2}
        title={dry_run ? 'Import, tried only' : 'Import'}
        lead={moment(created_at)}
        actions={
          <>
            {write_organization && (
              <Button variant="default" onClick={() => set_destruction(stop())}>
                {is_under_way(status) ? 'Stop' : 'Forget'}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<Icon name="down" size={16} />}
              loading={download.isPending}
              onClick={() => download.mutate(undefined)}
            >
              Download the report
            </Button>
          </>
        }
      />
      <Stack gap="md">
        <ProblemAlert error={download.error ?? refused.error} />
        {dry_run && !is_under_way(status) && (
          <Alert
            color={wrong > 0 ? 'yellow' : 'green'}
            icon={<Icon name={wrong > 0 ? 'warning' : 'check'} />}
            title="Nothing was kept but this report"
          >
            <Group>
              {wrong > 0 ? 'Mend the rows below in the file, or import without them.' : 'Every row would be taken.'}
              <LinkButton size="xs" variant="default" to="/organizations/$organization_id/imports" params={{ organization_id }}>
                Choose the file again to import it
              </LinkButton>
            </Group>
          </Alert>
        )}
        <Card title="How it went">
          <div role="status">
            <Facts
              of={[
                ['State', <ImportState key="s" job={data} />],
                ['Rows', total],
                ['New people', created],
                ['Changed', updated],
                ['As they were', unchanged],
                ['Refused', wrong],
                ['Format', format === 'csv' ? 'CSV' : format === 'scim' ? 'SCIM bulk request' : 'NDJSON'],
                finished_at !== null && ['Ended', <TimeAgo key="f" at={finished_at} />],
              ]}
            />
          </div>
        </Card>
        {wrong > 0 && (
          <Card title="Refused" note={wrong > SHOWN_ROWS ? `The first ${SHOWN_ROWS}; the report has all.` : undefined} flush>
            <div className="scroll" role="region" aria-label="Refused rows" tabIndex={0}>
              <Table className="table">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">Row</Table.Th>
                    <Table.Th scope="col">Who</Table.Th>
                    <Table.Th scope="col">Why</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {(refused.data ?? []).map(({ row, id: user_id, user_name, problems }) => (
                    <Table.Tr key={row}>
                      <Table.Th scope="row">{row}</Table.Th>
                      <Table.Td>
                        {user_id === null ? (
                          (user_name ?? '')
                        ) : (
                          <LinkAnchor to="/organizations/$organization_id/users/$user_id" params={{ organization_id, user_id }}>
                            {user_name ?? user_id}
                          </LinkAnchor>
                        )}
                      </Table.Td>
                      <Table.Td>
                        {problems.map(({ path: field, message }) => (
                          <div key={`${field} ${message}`}>
                            {field !== '' && <code className="mono">{field}</code>} {message}
                          </div>
                        ))}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Card>
        )}
      </Stack>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
