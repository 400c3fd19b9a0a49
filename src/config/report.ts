import type { SettingsProblem } from './sources.ts';

/** Every mistake, as it is printed before the start is given up. */
export function report_problems(problems: readonly SettingsProblem[]): string {
  const count = problems.length === 1 ? 'One setting is wrong' : `${problems.length} settings are wrong`;
  const lines = problems.map(({ path, problem, fix }) => `  ${path}\n    ${problem}\n    ${fix}`);
  return `${count}:\n\n${lines.join('\n\n')}\n\nEvery setting: postern config --explain\n`;
}
