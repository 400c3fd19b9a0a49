import { ActionIcon, Menu, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { query_client } from '../api/query_client.ts';
import { ask_session } from '../api/session.ts';
import { use_session } from '../api/use_session.ts';
import { Icon } from '../components/icon.tsx';

const can: Readonly<Record<string, string>> = {
  owner: 'Owner: may do everything',
  operator: 'Operator: may change everything but admin keys',
  support: 'Support: sees everything, changes nothing',
  org_admin: 'Administrator of one organization',
};

export function PersonMenu({ on_help }: { readonly on_help: () => void }) {
  const {
    actor: { name },
    role,
    csrf,
  } = use_session();
  const navigate = useNavigate();
  const leave = async () => {
    await ask_session('DELETE', '', undefined, csrf).catch(() => undefined);
    query_client.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={`Signed in as ${name}`}>
          <Icon name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="var(--mantine-color-text)">
            {name}
          </Text>
          <Text size="xs">{can[role]}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={on_help}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="log" />} component="a" href="/api/docs">
          API reference
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="leave" />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
