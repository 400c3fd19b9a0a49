import { Button, FileInput, Group } from '@mantine/core';
import { useState } from 'react';

/** What the broker takes. */
const PICTURE_BYTES = 64 * 1024;

interface PictureInputProps {
  readonly label: string;
  readonly value: string;
  readonly on_change: (value: string) => void;
  readonly error: string | undefined;
  readonly disabled: boolean;
}

/** A picture is sent as it is; the broker reads it and makes its own of it. */
export function PictureInput({ label, value, on_change, error, disabled }: PictureInputProps) {
  const [mistake, set_mistake] = useState<string>();
  const read = (file: File | null) => {
    if (file === null) return;
    if (file.size > PICTURE_BYTES) return set_mistake('Must be at most 64 KiB.');
    set_mistake(undefined);
    const reader = new FileReader();
    reader.onload = () => on_change(typeof reader.result === 'string' ? reader.result : '');
    reader.readAsDataURL(file);
  };
  return (
    <Group align="flex-end" gap="sm">
      <FileInput
        label={label}
        placeholder={value === '' ? 'Choose a PNG, JPEG, WebP or SVG' : 'Choose another'}
        accept="image/png,image/jpeg,image/webp,image/svg+xml"
        onChange={read}
        error={mistake ?? error}
        disabled={disabled}
        style={{ flex: '1 1 14rem' }}
        maw="28rem"
      />
      {value !== '' && !disabled && (
        <Button variant="default" onClick={() => on_change('')}>
          Take it away
        </Button>
      )}
    </Group>
  );
}
