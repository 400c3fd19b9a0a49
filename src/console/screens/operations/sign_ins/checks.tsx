import { VisuallyHidden } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Icon } from '../../../components/icon.tsx';

/** Each check with its tick or its cross, in words as well as in colour. */
export function Checks({ steps }: { readonly steps: Schemas['LoginTrace']['steps'] }) {
  const began = Date.parse(steps[0]?.at ?? '');
  return (
    <ol className="checks">
      {steps.map(({ at, name, ok, detail, fix }, index) => (
        <li key={index}>
          <span className={ok ? 'good' : 'bad'}>
            <Icon name={ok ? 'check' : 'cross'} />
            <VisuallyHidden>{ok ? 'in order:' : 'not in order:'}</VisuallyHidden>
          </span>
          <div>
            <strong>{name.replaceAll('_', ' ')}</strong>
            {detail !== '' && <div>{detail}</div>}
            {fix !== undefined && <div className="lead">What to change: {fix}</div>}
          </div>
          <span className="lead">+{Date.parse(at) - began} ms</span>
        </li>
      ))}
    </ol>
  );
}
