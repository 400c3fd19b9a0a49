import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface CardProps {
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Lists and tables reach the edge. */
  readonly flush?: boolean;
  /** 2: right below the name of the screen. */
  readonly order?: 2 | 3;
}

/** One matter on a screen. */
export function Card({ title, note, actions, children, flush = false, order = 3 }: CardProps) {
  const id = useId();
  return (
    <section className="card" {...(title !== undefined && { 'aria-labelledby': id })}>
      {title !== undefined && (
        <div className="card-head">
          <div>
            <Title order={order} size="h3" id={id}>
              {title}
            </Title>
            {note !== undefined && <p className="lead">{note}</p>}
          </div>
          {actions}
        </div>
      )}
      <div className={flush ? undefined : 'card-body'}>{children}</div>
    </section>
  );
}
