/** No later try of the same can succeed: somebody has to look. */
export class GiveUp extends Error {}

/** Not now: the target asked for patience, or there is more to do than one turn allows. */
export class Later extends Error {
  readonly wait_ms: number;

  constructor(wait_ms: number, reason: string) {
    super(reason);
    this.wait_ms = wait_ms;
  }
}

/** The target does not do what it should; it may, later. */
export class TargetFault extends Error {}

/** It is not there any more, under the id that we know. */
export class Missing extends Error {}
