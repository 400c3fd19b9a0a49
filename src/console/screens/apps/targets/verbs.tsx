import { Button, Group, Menu } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

export function TargetVerbs({ target, on_edit }: { readonly target: Schemas['SCIMTarget']; readonly on_edit: () => void }) {
  const { id, name, enabled } = target;
  const [destruction, set_destruction] = useState<Destruction>();
  const refresh = [['scim-targets']];
  const path = { target_id: id };
  const load = use_change({
    run: () => take(api.POST('/scim-targets/{target_id}/load', { params: { path }, body: {} })),
    done: 'Everyone is being sent. The progress stands below.',
    refresh,
  });
  const compare = use_change({
    run: (repair: boolean) => take(api.POST('/scim-targets/{target_id}/drift-check', { params: { path }, body: { repair } })),
    done: 'The two sides are being compared. The findings stand below.',
    refresh,
  });
  const enable = use_change({
    run: (to: boolean) => take(api.PATCH('/scim-targets/{id}', { params: { path: { id } }, body: { enabled: to } })),
    done: 'Saved.',
    refresh,
  });
  const remove = use_change({
    run: () => take(api.DELETE('/scim-targets/{id}', { params: { path: { id } } })),
    done: 'The app is told no more.',
    refresh,
  });
  const ending: Destruction = {
    ...{
      title: `Tell ${name} no more?`,
      name,
      verb: 'Delete',
      what: 'People stay there as they are now: whoever leaves from today on keeps an account in the app.',
    },
    run: () => remove.mutateAsync(undefined),
  };
  const repair: Destruction = {
    ...{
      title: `Mend what differs in ${name}?`,
      verb: 'Compare and mend',
      what: 'The app is read, and whatever differs is made as it is here.',
    },
    run: () => compare.mutateAsync(true),
  };
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" loading={compare.isPending} onClick={() => compare.mutate(false)}>
        Compare
      </Button>
      <Button size="xs" variant="default" onClick={on_edit}>
        Change
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" px="xs" aria-label={`More about ${name}`}>
            <Icon name="dots" size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="people" />} onClick={() => load.mutate(undefined)}>
            Send everyone again
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="sync" />} onClick={() => set_destruction(repair)}>
            Compare and mend
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="clock" />} onClick={() => enable.mutate(!enabled)}>
            {enabled ? 'Switch off' : 'Switch on'}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => set_destruction(ending)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ProblemAlert error={load.error ?? compare.error ?? enable.error} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Group>
  );
}
