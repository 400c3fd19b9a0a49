import { CopyButton } from './copy_field.tsx';

/** Anything, as text: what stands in it is shown, never obeyed. */
export function JsonView({ value, label }: { readonly value: unknown; readonly label: string }) {
  return <CodeBlock text={JSON.stringify(value, null, 2) ?? ''} label={label} />;
}

export function CodeBlock({ text, label, wrap = false }: { readonly text: string; readonly label: string; readonly wrap?: boolean }) {
  return (
    <div style={{ position: 'relative' }}>
      <pre className={wrap ? 'code wrap' : 'code'} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <span
        style={{
          position: 'absolute',
          insetBlockStart: '0.375rem',
          insetInlineEnd: '0.375rem',
          background: 'var(--soft)',
          borderRadius: '0.5rem',
        }}
      >
        <CopyButton value={text} what={label} />
      </span>
    </div>
  );
}
