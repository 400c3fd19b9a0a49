import { words_of } from '../kernel/index.ts';

/** One thing that was looked at in this installation. */
export interface Finding {
  readonly name: string;
  /** `problem`: something does not work or is not safe; `warning`: it will not for long, or should be known. */
  readonly level: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  /** How to mend it. */
  readonly fix?: string;
}

export const ok = (name: string, detail: string): Finding => ({ name, level: 'ok', detail });
export const warning = (name: string, detail: string, fix: string): Finding => ({ name, level: 'warning', detail, fix });
export const problem = (name: string, detail: string, fix: string): Finding => ({ name, level: 'problem', detail, fix });

/** What a look answers when it fails itself: that, too, is something to know. */
export async function looked(name: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [
      problem(name, `This could not be looked at: ${words_of(error)}`, 'Mend what stands above first, then run postern doctor again.'),
    ];
  }
}

export const count_of = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
