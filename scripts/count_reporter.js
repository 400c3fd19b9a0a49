import { relative } from 'node:path';

/** A reporter of node:test, as JSON, for whoever adds up several suites: how many passed and failed, and what each failure said. */
export default async function* count(source) {
  const total = { passed: 0, failed: 0, failures: [] };
  for await (const { type, data } of source) {
    // a suite fails with its tests, which say more
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') {
      const { cause } = data.details.error;
      const said = cause?.stack ?? cause?.message ?? cause ?? data.details.error.message;
      total.failures.push(`${relative('.', data.file ?? '')}:${data.line ?? ''} ${data.name}\n${String(said).slice(0, 3_000)}`);
    }
    // a summary without a file is the one of the whole run
    if (type === 'test:summary' && data.file === undefined) {
      total.passed = data.counts.passed;
      total.failed = data.counts.failed + data.counts.cancelled;
    }
  }
  yield JSON.stringify(total);
}
