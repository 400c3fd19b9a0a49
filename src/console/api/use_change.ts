import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

interface Change<Input, Output> {
  readonly run: (input: Input) => Promise<Output>;
  /** Said when it worked. */
  readonly done?: string | ((output: Output) => string);
  /** What must be asked again. */
  readonly refresh?: readonly QueryKey[];
  readonly then?: (output: Output) => unknown;
}

/** A change at the API: says when it is done, and lets the screens that show it ask again. */
export function use_change<Input, Output>({ run, done, refresh = [], then }: Change<Input, Output>) {
  const memory = useQueryClient();
  return useMutation<Output, Error, Input>({
    mutationFn: run,
    async onSuccess(output) {
      if (done !== undefined)
        notifications.show({ message: typeof done === 'string' ? done : done(output), color: 'green', withBorder: true });
      await Promise.all(refresh.map((queryKey) => memory.invalidateQueries({ queryKey })));
      await then?.(output);
    },
  });
}

/** The fields that a problem names, for a form: by the path of the body. */
export function field_errors(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(error.fields.map(({ path, message }) => [path.replaceAll('/', '.').replace(/^\./, ''), message]));
}
