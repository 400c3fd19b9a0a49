import { Title } from '@mantine/core';
import { createContext, type ReactNode, use, useId } from 'react';

/** Under which heading cards stand here: that of the screen (2), or that of a part of it (3). */
export const CardLevel = createContext<2 | 3>(2);

interface CardProps {
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Lists and tables reach the edge. */
  readonly flush?: boolean;
  /** Absent: as the screen says. */
  readonly order?: 2 | 3;
}

/** One matter on a screen. */
export function Card({ title, note, actions, children, flush = false, order }: CardProps) {
  const id = useId();
  const level = use(CardLevel);
  return (
    <section className="card" {...(title !== undefined && { 'aria-labelledby': id })}>
      {title !== undefined && (
        <div className="card-head">
          <div>
            <Title order={order ?? level} size="h3" id={id}>
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
