import { Card } from '../../components/card.tsx';
import { Empty } from '../../components/empty.tsx';

/** In place of a list of sign-ins, for whoever may not see it. */
export function SignInsByReference() {
  return (
    <Card>
      <Empty icon="log" title="Open a sign-in by its reference">
        The list of sign-ins is for the operators of this installation. Ask the person for the reference on their page, and pass it on to
        them.
      </Empty>
    </Card>
  );
}
