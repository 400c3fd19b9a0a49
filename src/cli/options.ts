import { InvalidArgumentError, Option } from 'commander';

/** A whole number within bounds. */
export const whole_number =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    return value;
  };

export const limit_option = (): Option => new Option('--limit <number>', 'at most so many, 1 to 1000').argParser(whole_number(1, 1000));
