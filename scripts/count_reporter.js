/** A reporter of node:test that says only how many passed and failed, as JSON, for whoever adds up several suites. */
export default async function* count(source) {
  const total = { passed: 0, failed: 0 };
  for await (const { type, data } of source) {
    // a summary without a file is the one of the whole run
    if (type === 'test:summary' && data.file === undefined) {
      total.passed = data.counts.passed;
      total.failed = data.counts.failed + data.counts.cancelled;
    }
  }
  yield JSON.stringify(total);
}
