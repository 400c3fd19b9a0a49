import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { CopyField } from './copy_field.tsx';
import { Icon } from './icon.tsx';

export interface ShownSecret {
  readonly title: string;
  /** Names and values; the secret is one of them. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** Where it goes now. */
  readonly next?: string;
}

/** A secret that cannot be read again: closes only when told to. */
export function SecretOnce({ secret, on_close }: { readonly secret: ShownSecret | undefined; readonly on_close: () => void }) {
  return (
    <Modal
      opened={secret !== undefined}
      onClose={on_close}
      title={secret?.title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      size="lg"
    >
      {secret !== undefined && (
        <Stack>
          <Alert color="yellow" icon={<Icon name="key" />} title="Shown once">
            Copy it now and keep it safe. It cannot be shown again.
          </Alert>
          <dl className="facts">
            {secret.values.map(([name, value]) => (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>
                  <CopyField value={value} what={name.toLowerCase()} />
                </dd>
              </div>
            ))}
          </dl>
          {secret.next !== undefined && (
            <Text size="sm" c="dimmed">
              {secret.next}
            </Text>
          )}
          <Group justify="flex-end">
            <Button onClick={on_close}>I have kept it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
