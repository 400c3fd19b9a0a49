import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Icon } from './icon.tsx';

/** `what` completes "Copy …". */
export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const label = clipboard.copied ? 'Copied' : `Copy ${what}`;
  return (
    <Tooltip label={label}>
      <ActionIcon size="md" aria-label={label} onClick={() => clipboard.copy(value)}>
        <Icon name={clipboard.copied ? 'check' : 'copy'} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A value to be used elsewhere, as it is. */
export function CopyField({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <span className="copy">
      <code className="mono">{value}</code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
