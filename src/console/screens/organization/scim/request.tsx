import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Icon } from '../../../components/icon.tsx';
import { CodeBlock, JsonView } from '../../../components/json_view.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { moment } from '../../../components/time_ago.tsx';
import { Effects } from './effects.tsx';
import { status_color } from './requests.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/scim/$request_id');

/** One request of a directory: as it came, as it was understood, what it did, and doing it again. */
export function ScimRequestScreen() {
  const { organization_id, request_id } = route.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['organizations', organization_id, 'scim-requests', request_id],
    queryFn: () =>
      take(api.GET('/organizations/{organization_id}/scim-requests/{id}', { params: { path: { organization_id, id: request_id } } })),
  });
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return null;
  const {
    method,
    path,
    query,
    status,
    error_code,
    detail,
    at,
    ip,
    dialect,
    token,
    duration_ms,
    headers,
    body,
    understood,
    effects,
    erased,
    body_truncated,
  } = data;
  return (
    <>
      <PageHead
        order={2}
        title={
          <span className="mono" style={{ fontSize: 'inherit' }}>
            {method} {path}
          </span>
        }
        lead={moment(at)}
        actions={<Replay {...{ organization_id, request: data }} />}
      />
      <Stack gap="md">
        {detail !== null && (
          <Alert color={status < 400 ? 'accent' : 'red'} icon={<Icon name="info" />} title={detail}>
            {error_code !== null && <code className="mono">{error_code}</code>}
          </Alert>
        )}
        <Card title="In short">
          <Facts
            of={[
              [
                'Answer',
                <Badge key="s" color={status_color(status)}>
                  {status}
                </Badge>,
              ],
              query !== null && [
                'Query',
                <code key="q" className="mono">
                  {query}
                </code>,
              ],
              ['Token', token?.name ?? 'none'],
              ['Spoken like', dialect ?? 'unknown'],
              ['From', ip ?? 'unknown'],
              ['Took', `${duration_ms} ms`],
              ['Request', <CopyField key="r" value={data.id} what="the id of the request" />],
            ]}
          />
        </Card>
        <Card title="As it came">
          {erased ? (
            <Text c="dimmed">The person whom it was about has been erased, and the request with them.</Text>
          ) : (
            <Stack gap="sm">
              {headers !== null && (
                <CodeBlock
                  label="headers"
                  text={Object.entries(headers)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join('\n')}
                />
              )}
              {body !== undefined && body !== null ? <JsonView value={body} label="body" /> : <Text c="dimmed">Without a body.</Text>}
              {body_truncated && <Text c="dimmed">The body was longer than what is kept.</Text>}
            </Stack>
          )}
        </Card>
        {understood !== null && (
          <Card title="As it was understood" note="In one form, whatever the directory's own way of saying it.">
            <JsonView value={understood} label="what was understood" />
          </Card>
        )}
        <Card title="What it changed" flush>
          <Effects effects={effects ?? []} />
        </Card>
      </Stack>
    </>
  );
}

function Replay({ organization_id, request }: { readonly organization_id: string; readonly request: Schemas['ScimRequest'] }) {
  const { write_organization } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const replay = use_change({
    run: (dry_run: boolean) =>
      take(
        api.POST('/organizations/{organization_id}/scim-requests/{id}/replay', {
          params: { path: { organization_id, id: request.id } },
          body: { dry_run },
        }),
      ),
    refresh: [['organizations', organization_id]],
  });
  if (!write_organization || !request.replayable) return null;
  const { data, error } = replay;
  return (
    <>
      <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate(true)}>
        What would it do now?
      </Button>
      {data !== undefined && data.dry_run && (
        <Button
          onClick={() =>
            set_destruction({
              title: 'Do it again?',
              what: `${request.method} ${request.path} is done once more, as if the directory had sent it now.`,
              verb: 'Do it again',
              run: () => replay.mutateAsync(false),
            })
          }
        >
          Do it again
        </Button>
      )}
      <ProblemAlert error={error} />
      {data !== undefined && (
        <div style={{ inlineSize: '100%' }} role="status">
          <Card
            title={
              <Group gap="xs" component="span">
                {data.dry_run ? 'It would be answered' : 'It was answered'} <Badge color={status_color(data.status)}>{data.status}</Badge>
              </Group>
            }
            flush
          >
            <Effects effects={data.effects} />
          </Card>
        </div>
      )}
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
