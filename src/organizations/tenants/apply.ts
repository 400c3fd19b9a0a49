import type { Act } from '../../audit/index.ts';
import { type FieldProblem, InvalidInput, PosternError } from '../../kernel/index.ts';
import { wrong } from '../parse.ts';
import type { TenantsFile } from './file.ts';
import type { Step } from './plan.ts';
import type { TenantsDeps } from './deps.ts';
import { plan_tenants } from './sides.ts';

/** What was done, or would be: without the means to do it. */
export interface Change extends Omit<Step, 'perform' | 'path'> {
  /** Shown once, such as the secret of a new app. */
  readonly shown_once: Readonly<Record<string, string>>;
}

export interface Applied {
  readonly changes: readonly Change[];
  /** What is there and not in the file, left alone because nobody said to prune. */
  readonly not_in_file: readonly { readonly kind: string; readonly name: string }[];
}

export interface ApplyOptions {
  readonly act: Act;
  readonly dry_run?: boolean;
  /** Also removes what the file does not name, in the lists that it has. */
  readonly prune?: boolean;
}

/**
 * Makes the configuration what the file says, in an order in which nothing is missing; a second time it finds nothing to do.
 * Everything that can be checked beforehand is; a change that is refused later leaves those before it done, and applying again goes on from there.
 * @throws InvalidInput with every mistake | PosternError of the first change that was refused
 */
export async function apply_tenants(deps: TenantsDeps, file: TenantsFile, options: ApplyOptions): Promise<Applied> {
  const { writes, removals, problems } = await plan_tenants(deps, file);
  if (problems.length > 0) throw wrong(problems);
  const prune = options.prune === true;
  const changes: Change[] = [];
  for (const step of [...writes, ...(prune ? removals : [])]) {
    const { action, kind, name, differences } = step;
    const shown_once = options.dry_run === true ? {} : await perform(step, options.act);
    changes.push({ action, kind, name, differences, shown_once });
  }
  return { changes, not_in_file: prune ? [] : removals.map(({ kind, name }) => ({ kind, name })) };
}

/** A refusal says where in the file. */
async function perform(step: Step, act: Act): Promise<Readonly<Record<string, string>>> {
  try {
    return await step.perform(act);
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    const fields: FieldProblem[] =
      error instanceof InvalidInput && error.fields.length > 0
        ? error.fields.map(({ path, message }) => ({ path: [step.path, path].filter((part) => part !== '').join('.'), message }))
        : [{ path: step.path, message: error.message }];
    throw new InvalidInput('not_applied', `${step.kind} ${step.name}: not ${done[step.action]}.`, { fields, status: 422, cause: error });
  }
}

const done = { create: 'created', update: 'changed', remove: 'removed' };
