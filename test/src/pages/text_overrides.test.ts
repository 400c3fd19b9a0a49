import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { text_problem } from '../../../src/pages/index.ts';

describe('an app’s own words', () => {
  it('may say a message anew, with the placeholders that it has', () => {
    assert.equal(text_problem('identifier.title', 'Welcome'), undefined);
    assert.equal(text_problem('identifier.title_app', 'Welcome to {app}'), undefined);
    assert.equal(text_problem('sessions.apps', '{count, plural, one {# thing} other {# things}}'), undefined);
  });

  it('are refused for a message that is not there', () => {
    for (const key of ['nothing', '__proto__', 'constructor']) assert.match(text_problem(key, 'x') ?? '', /not the name of a message/);
  });

  it('are refused with a placeholder that the message does not have', () => {
    assert.match(text_problem('identifier.title_app', 'Welcome to {secret}') ?? '', /\{secret\} is not known here/);
    assert.match(text_problem('sessions.apps', '{count, plural, one {{name}} other {#}}') ?? '', /\{name\} is not known/);
  });

  it('are refused when they are no ICU message', () => assert.match(text_problem('identifier.title', 'a { b') ?? '', /ICU/));
});
