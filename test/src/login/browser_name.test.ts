import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { browser_name } from '../../../src/login/browser_name.ts';

describe('which browser it was', () => {
  const known = {
    'Edge · Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    'Chrome · macOS':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Safari · iPhone':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Firefox · Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    'Samsung Internet · Android':
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  };
  for (const [name, user_agent] of Object.entries(known)) it(name, () => assert.equal(browser_name(user_agent), name));

  it('is not said of what names itself otherwise', () => {
    assert.deepEqual([browser_name(null), browser_name(''), browser_name('curl/8')], [undefined, undefined, undefined]);
  });
});
