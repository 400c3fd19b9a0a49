import { Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { use_session } from '../api/use_session.ts';
import { areas } from './navigation.ts';

const places = areas.flatMap((area) => area.places).filter(({ key }) => key !== undefined);

/** G and a letter goes to a place, ? shows them all. Not while somebody types. */
export function use_shortcuts() {
  const [opened, { open, close }] = useDisclosure(false);
  const { role } = use_session();
  const navigate = useNavigate();
  const pressed_g = useRef(false);
  useHotkeys([['shift+?', open]]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
      const after_g = pressed_g.current;
      pressed_g.current = event.key === 'g';
      const place = after_g ? places.find(({ key }) => key === event.key) : undefined;
      if (place !== undefined && role !== 'org_admin') void navigate({ to: place.to });
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [navigate, role]);
  return { opened, open, close };
}

const is_typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

export function ShortcutHelp({ opened, on_close }: { readonly opened: boolean; readonly on_close: () => void }) {
  const all: readonly (readonly [what: string, keys: readonly string[]])[] = [
    ['Find anything', ['Ctrl', 'K']],
    ['This list', ['?']],
    ...places.map(({ label, key = '' }) => [label, ['G', key.toUpperCase()]] as const),
  ];
  return (
    <Modal opened={opened} onClose={on_close} title="Keyboard shortcuts">
      <Stack gap="xs">
        {all.map(([what, keys]) => (
          <Group key={what} justify="space-between">
            <Text size="sm">{what}</Text>
            <Group gap={4}>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
