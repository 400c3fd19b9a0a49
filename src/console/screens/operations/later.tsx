import { Empty } from '../../components/empty.tsx';

export function Later() {
  return (
    <Empty icon="clock" title="Not here yet">
      The command `postern` and the admin API can do it.
    </Empty>
  );
}
