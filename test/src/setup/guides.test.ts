import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { saml_settings } from '../../../connectors/saml/settings.ts';
import { guide_pages } from '../../../scripts/guide_reference.ts';
import {
  CHECK_NAMES,
  fill,
  fix_for,
  type Guide,
  guide_of,
  type GuideValues,
  guides,
  placeholders,
  VENDORS,
} from '../../../src/setup/guides/index.ts';

const root = join(import.meta.dirname, '../../..');

const VALUES: Readonly<Record<keyof GuideValues, string>> = {
  acs_url: 'https://login.example/acs',
  entity_id: 'https://login.example/entity',
  metadata_url: 'https://login.example/metadata',
  slo_url: 'https://login.example/slo',
  certificate: '-----BEGIN CERTIFICATE-----',
  redirect_uri: 'https://login.example/callback',
  jwks_uri: 'https://login.example/jwks',
  backchannel_logout_uri: 'https://login.example/logout',
  scim_base_url: 'https://login.example/scim',
  scim_token: 'postern_scim_x',
  name_id_format: 'persistent',
};

/** Which of our values a connection of a protocol has. */
const HAS: Readonly<Record<Guide['protocol'], readonly string[]>> = {
  saml: ['acs_url', 'entity_id', 'metadata_url', 'slo_url', 'certificate', 'name_id_format'],
  oidc: ['redirect_uri', 'jwks_uri', 'backchannel_logout_uri'],
  ldap: [],
  scim: ['scim_base_url', 'scim_token'],
};

const MUST_TYPE: Readonly<Record<Guide['protocol'], readonly (readonly string[])[]>> = {
  saml: [
    ['acs_url', 'metadata_url'],
    ['entity_id', 'metadata_url'],
  ],
  oidc: [['redirect_uri']],
  ldap: [],
  scim: [['scim_base_url'], ['scim_token']],
};

const texts = (guide: Guide): string[] => [
  guide.where,
  ...guide.steps.flatMap(({ title, text, values = [] }) => [
    title,
    ...text,
    ...values.flatMap(({ label, value }) => [label, 'text' in value ? value.text : '']),
  ]),
  ...guide.asks_back.flatMap(({ label, note = '' }) => [label, note]),
  ...guide.mistakes.flatMap(({ mistake, remedy }) => [mistake, remedy]),
];

describe('the guides', () => {
  it('have an id of their own, a vendor, and a protocol', () => {
    assert.equal(new Set(guides.map(({ id }) => id)).size, guides.length);
    for (const guide of guides) assert.equal(guide_of(guide.id), guide);
    assert.deepEqual(new Set(guides.map(({ vendor }) => vendor)), new Set(Object.keys(VENDORS)));
  });

  it('are all in the list: no file is left out', () => {
    const files = readdirSync(join(root, 'src/setup/guides'))
      .filter((name) => /_(saml|oidc|ldap|scim)\.ts$/.test(name))
      .map((name) => name.replace(/\.ts$/, ''));
    assert.deepEqual(files.sort(), guides.map(({ id }) => id).sort());
  });

  for (const guide of guides) {
    it(`${guide.id}: says where, how long, every step, what we need back, and at least three mistakes`, () => {
      assert.ok(guide.minutes > 0 && guide.minutes <= 60);
      assert.ok(guide.where.endsWith('.'));
      assert.ok(guide.steps.length >= 2);
      for (const { title, text } of guide.steps) assert.ok(title !== '' && text.length > 0);
      assert.ok(guide.mistakes.length >= 3);
      assert.equal(guide.asks_back.length > 0, guide.protocol !== 'scim');
    });

    it(`${guide.id}: names only values that we have for it, and has all that must be typed in there`, () => {
      const typed = guide.steps.flatMap(({ values = [] }) => values.flatMap(({ value }) => ('ours' in value ? [value.ours] : [])));
      const named = [...typed, ...texts(guide).flatMap(placeholders)];
      for (const name of named) assert.ok(HAS[guide.protocol].includes(name), `${name} is no value of ${guide.protocol}`);
      for (const either of MUST_TYPE[guide.protocol])
        assert.ok(
          either.some((name) => typed.some((one) => one === name)),
          either.join(' or '),
        );
    });

    it(`${guide.id}: leaves no name behind once our values are in it`, () => {
      for (const text of texts(guide)) assert.doesNotMatch(fill(text, VALUES), /\{[a-z_]+\}/);
    });

    it(`${guide.id}: names only checks that its protocol has`, () => {
      for (const { mistake, checks = [] } of guide.mistakes) {
        const known: readonly string[] = guide.protocol === 'scim' ? ['account'] : CHECK_NAMES[guide.protocol];
        for (const check of checks) assert.ok(known.includes(check), `${check}, of: ${mistake}`);
      }
    });

    it(`${guide.id}: asks back only for settings that there are`, () => {
      for (const { field } of guide.asks_back) {
        const [block = '', name = ''] = field.split('.');
        assert.equal(block, guide.protocol);
        assert.ok(settings_of(guide.protocol).has(name), field);
      }
    });
  }

  const settings_of = (protocol: Guide['protocol']): ReadonlySet<string> =>
    protocol === 'saml'
      ? new Set(Object.keys(saml_settings.shape))
      : new Set(
          [...readFileSync(join(root, `connectors/${protocol}/settings.ts`), 'utf8').matchAll(/^ {2,6}([a-z_]+):/gm)].map(
            ([, name = '']) => name,
          ),
        );

  it('name checks as the connectors and the sign-in name them', () => {
    for (const [protocol, names] of Object.entries(CHECK_NAMES)) {
      if (protocol === 'scim') continue;
      const code = sources(join(root, 'connectors', protocol)) + sources(join(root, 'src/linking')) + sources(join(root, 'src/login'));
      for (const name of names) {
        const said = new RegExp(
          `name: '${name}'|(?:refuse|fail|failed|note)\\((?:note, |this\\.#note, )?'${name}'|name = '${name}'|step = '${name}'|'${name}', sign_on|\\? '${name}' :|\\['${name}',|(?:check:|return) '${name}'`,
        );
        assert.match(code, said, `${protocol} has no check ${name}`);
      }
    }
  });

  it('have an answer to the checks that a wrong set-up at the partner crosses most', () => {
    const must: Readonly<Record<string, readonly string[]>> = {
      saml: ['audience', 'recipient', 'destination', 'signature', 'issuer', 'status', 'attributes', 'certificate'],
      oidc: ['discovery', 'answer', 'client_authentication'],
      ldap: ['connect', 'certificate', 'service_account', 'base_dn', 'user_filter', 'search', 'password', 'account', 'groups'],
    };
    for (const { id, protocol } of guides)
      for (const check of must[protocol] ?? []) assert.ok(fix_for(id, check).length > 0, `${id}: ${check}`);
  });
});

describe('what to change at the partner when a check is crossed', () => {
  it('is said in that vendor’s words, with our value in it', () => {
    const [first] = fix_for('okta_saml', 'audience', VALUES);
    assert.match(first?.remedy ?? '', /https:\/\/login\.example\/entity into \*\*Audience URI \(SP Entity ID\)\*\*/);
    assert.match(fix_for('entra_saml', 'recipient', VALUES)[0]?.remedy ?? '', /\*\*Reply URL \(Assertion Consumer Service URL\)\*\*/);
  });

  it('is found for a check that was made more than once', () => {
    assert.deepEqual(fix_for('okta_saml', 'audience (2)', VALUES), fix_for('okta_saml', 'audience', VALUES));
  });

  it('is empty for a check that a guide knows nothing of, and for no guide', () => {
    assert.deepEqual(fix_for('okta_saml', 'replay'), []);
    assert.deepEqual(fix_for('nobody', 'audience'), []);
    assert.deepEqual(fix_for('okta_saml', 'constructor'), []);
  });
});

describe('our values in a guide', () => {
  it('take the place of their names; what a connection lacks, and what is no name, stays', () => {
    assert.equal(
      fill('{acs_url} {slo_url} {login} {constructor}', { acs_url: 'https://x', slo_url: '' }),
      'https://x {slo_url} {login} {constructor}',
    );
  });

  it('are not read for names themselves', () => {
    assert.equal(fill('{acs_url}', { acs_url: '{entity_id}', entity_id: 'no' }), '{entity_id}');
  });
});

describe('docs/how-to/connect', () => {
  for (const { file, make } of guide_pages()) {
    it(`${file} is what the guides say`, () => assert.equal(readFileSync(join(root, file), 'utf8'), make(), 'run: npm run docs'));
  }

  it('has no page of a vendor that is gone', () => {
    const made = guide_pages().map(({ file }) => file.split('/').at(-1));
    assert.deepEqual(readdirSync(join(root, 'docs/how-to/connect')).sort(), made.sort());
  });
});

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
