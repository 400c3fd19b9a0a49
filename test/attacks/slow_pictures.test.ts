import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { read_picture } from '../../src/organizations/branding/picture.ts';

const PICTURE = fileURLToPath(new URL('../../src/organizations/branding/picture.ts', import.meta.url));
const of = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
const is_svg = (svg: string): boolean => typeof read_picture(of(svg)) === 'object';

describe('a logo that is made to be read for ever', () => {
  it('of nothing but comments does not make the process stand still', async () => {
    // in a process of its own: what stands still answers no test
    const program = `
      const { read_picture } = await import(${JSON.stringify(PICTURE)});
      const comments = '<!---->'.repeat(9000);
      for (const svg of [comments + 'x', '<?xml ?>' + comments + '<!--', ' '.repeat(60000) + 'x', '<?xml'.repeat(12000)])
        console.log(read_picture('data:image/svg+xml;base64,' + Buffer.from(svg).toString('base64')));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      timeout: 30_000,
    });
    assert.deepEqual(stdout.trim().split('\n'), Array(4).fill('must be a PNG, JPEG, WebP or SVG picture'));
  });

  it('what stands before the picture of an honest one is passed over', () => {
    assert.ok(
      is_svg('<?xml version="1.0"?>\n<!-- made by > a tool -->\n<!-- and -- another -->\n<svg/>'.replace('<svg/>', '<svg ></svg>')),
    );
    assert.ok(is_svg('\ufeff<svg></svg>'));
    for (const none of ['<!-- <svg> -->', '<!-- <svg>', '<?xml <svg>', '<p><svg></p>', '<!--x--><script></script><svg>'])
      assert.ok(!is_svg(none), none);
  });
});
