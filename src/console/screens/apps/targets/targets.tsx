import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { use_page } from '../../../api/use_page.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Facts } from '../../../components/facts.tsx';
import { new_body, patch_body, read_values, type Values } from '../../../components/fields/field.ts';
import { FieldList } from '../../../components/fields/field_list.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { DeadLetters } from './dead_letters.tsx';
import { target_fields } from './fields.ts';
import { TargetRuns } from './runs.tsx';
import { TargetState } from './target_state.tsx';
import { TargetVerbs } from './verbs.tsx';

type Target = Schemas['SCIMTarget'];

/** Apps that are told of people before they sign in, and at once when they leave. */
export function Targets({ client_id }: { readonly client_id: string }) {
  const { write_installation } = use_rights();
  const [edited, set_edited] = useState<Target | 'new'>();
  const query = use_page(['scim-targets', client_id], () =>
    take(api.GET('/scim-targets', { params: { query: { client_id, limit: 50 } } })),
  );
  const targets = query.data?.data ?? [];
  const make = write_installation && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_edited('new')}>
      Tell the app of people
    </Button>
  );
  return (
    <Stack gap="md">
      <ProblemAlert error={query.error} retry={query.refetch} />
      {query.data !== undefined && targets.length === 0 && (
        <Card>
          <Empty icon="sync" title="The app learns of people when they sign in" action={make}>
            If it speaks SCIM, it can be told of them before, and hear at once when somebody has left, with a receipt that says whether it
            knows.
          </Empty>
        </Card>
      )}
      {targets.map((target) => (
        <Stack key={target.id} gap="md">
          <Card
            title={
              <Group gap="xs" component="span">
                {target.name} <TargetState target={target} />
              </Group>
            }
            actions={write_installation && <TargetVerbs target={target} on_edit={() => set_edited(target)} />}
          >
            <Facts
              of={[
                [
                  'Address',
                  <code key="a" className="mono">
                    {target.base_url}
                  </code>,
                ],
                ['Last told', <TimeAgo key="t" at={target.last_success_at} />],
                target.failing_since !== null && ['Failing since', <TimeAgo key="f" at={target.failing_since} />],
                target.last_error !== null && ['It said', target.last_error],
                target.paused_until !== null && ['Asked again', <TimeAgo key="p" at={target.paused_until} />],
              ]}
            />
          </Card>
          <TargetRuns target_id={target.id} />
          <DeadLetters target_id={target.id} />
        </Stack>
      ))}
      <Modal opened={edited !== undefined} onClose={() => set_edited(undefined)} title="Where people are told" size="lg">
        {edited !== undefined && (
          <TargetForm client_id={client_id} target={edited === 'new' ? undefined : edited} on_done={() => set_edited(undefined)} />
        )}
      </Modal>
    </Stack>
  );
}

interface TargetFormProps {
  readonly client_id: string;
  readonly target: Target | undefined;
  readonly on_done: () => void;
}

function TargetForm({ client_id, target, on_done }: TargetFormProps) {
  const before = read_values(target_fields, target ?? {});
  const [values, set_values] = useState<Values>(before);
  const save = use_change({
    run: () => {
      if (target !== undefined)
        return take(
          api.PATCH('/scim-targets/{id}', { params: { path: { id: target.id } }, body: patch_body(target_fields, before, values) }),
        );
      // the API names every field that is wrong
      const body = { ...new_body(target_fields, values), client_id } as Schemas['NewSCIMTarget'];
      return take(api.POST('/scim-targets', { body }));
    },
    done: 'Saved.',
    refresh: [['scim-targets']],
    then: on_done,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <Stack>
        <ProblemAlert error={save.error} />
        <FieldList
          {...{ values, fields: target_fields, errors: field_errors(save.error), existing: target !== undefined }}
          on_change={(path, value) => set_values({ ...values, [path]: value })}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
