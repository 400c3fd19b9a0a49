import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { PersonPicker } from '../../../components/person_picker.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

interface MergeProps {
  readonly organization_id: string;
  readonly user: Schemas['User'];
  readonly opened: boolean;
  readonly on_close: () => void;
}

/** Two accounts of one person become one: the other one stays, with both sets of identities. */
export function MergeUser({ organization_id, user, opened, on_close }: MergeProps) {
  const navigate = useNavigate();
  const [into, set_into] = useState<string | null>(null);
  const merge = use_change({
    run: (target: string) =>
      take(
        api.POST('/organizations/{organization_id}/users/{user_id}/merge', {
          params: { path: { organization_id, user_id: user.id } },
          body: { into: target },
        }),
      ),
    done: 'The two accounts are one now.',
    refresh: [['organizations', organization_id, 'users', 'list']],
    then: ({ id }) => {
      on_close();
      return navigate({ to: '/organizations/$organization_id/users/$user_id', params: { organization_id, user_id: id } });
    },
  });
  return (
    <Modal opened={opened} onClose={on_close} title="Merge into another account">
      <Stack>
        <Text size="sm">
          {user.display_name ?? user.user_name} goes; identities, groups and roles move to the account that you choose. Sessions of this
          account end. This cannot be undone.
        </Text>
        <PersonPicker
          label="The account that stays"
          {...{ organization_id, value: into, on_change: set_into, without: [user.id], disabled: !opened }}
        />
        <ProblemAlert error={merge.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={on_close}>
            Cancel
          </Button>
          <Button color="red" disabled={into === null} loading={merge.isPending} onClick={() => into !== null && merge.mutate(into)}>
            Merge
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
