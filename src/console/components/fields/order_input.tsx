import { ActionIcon, Button, Group, Input, Text } from '@mantine/core';
import { Icon } from '../icon.tsx';

interface OrderInputProps {
  readonly label: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value: readonly string[];
  readonly on_change: (value: readonly string[]) => void;
  /** What holds when there is none. */
  readonly otherwise?: string | undefined;
}

/** Some of a few things, the first before the second: moved by buttons, so by keyboard as by hand. */
export function OrderInput({ label, description, error, disabled, choices, value, on_change, otherwise }: OrderInputProps) {
  const name_of = (one: string): string => choices.find((choice) => choice.value === one)?.label ?? one;
  const move = (at: number, to: number): void => {
    const next = value.filter((_, place) => place !== at);
    next.splice(to, 0, value[at] ?? '');
    on_change(next);
  };
  const rest = choices.filter((choice) => !value.includes(choice.value));
  return (
    <Input.Wrapper label={label} description={description} error={error} role="group" aria-label={label} labelElement="div">
      <ol className="order">
        {value.map((one, at) => (
          <li key={one}>
            <Text size="sm">
              {at + 1}. {name_of(one)}
            </Text>
            {disabled !== true && (
              <Group gap={2} wrap="nowrap">
                <ActionIcon aria-label={`${name_of(one)}: up`} disabled={at === 0} onClick={() => move(at, at - 1)}>
                  <Icon name="up" size={16} />
                </ActionIcon>
                <ActionIcon aria-label={`${name_of(one)}: down`} disabled={at === value.length - 1} onClick={() => move(at, at + 1)}>
                  <Icon name="down" size={16} />
                </ActionIcon>
                <ActionIcon aria-label={`Take ${name_of(one)} away`} onClick={() => on_change(value.filter((other) => other !== one))}>
                  <Icon name="cross" size={16} />
                </ActionIcon>
              </Group>
            )}
          </li>
        ))}
      </ol>
      {value.length === 0 && otherwise !== undefined && (
        <Text size="sm" c="dimmed">
          Nothing set: {otherwise}.
        </Text>
      )}
      {disabled !== true && rest.length > 0 && (
        <Group gap={6} mt={6}>
          {rest.map((choice) => (
            <Button
              key={choice.value}
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" size={12} />}
              onClick={() => on_change([...value, choice.value])}
            >
              {choice.label}
            </Button>
          ))}
        </Group>
      )}
    </Input.Wrapper>
  );
}
