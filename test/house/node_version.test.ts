import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const command = join(import.meta.dirname, '../../bin/postern.mjs');

/** Runs the command as if by another Node. */
function run_as(version: string): { status: number | null; said: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const { status, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${pretend}`, command, '--help'], {
    encoding: 'utf8',
  });
  return { status, said: stderr };
}

describe('the command', () => {
  for (const old of ['18.20.0', '20.20.2', '22.12.0']) {
    it(`says what to do on Node ${old} before anything else loads`, () => {
      const { status, said } = run_as(old);
      assert.equal(status, 1);
      assert.match(said, /needs Node\.js 22\.13 or newer/);
      assert.match(said, /Install Node\.js 24/);
    });
  }

  for (const recent of ['22.13.0', '24.0.0', '26.1.0']) {
    it(`has nothing to say against Node ${recent}`, () => assert.doesNotMatch(run_as(recent).said, /needs Node/));
  }
});
