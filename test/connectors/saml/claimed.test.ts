import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { claimed } from '../../../connectors/saml/claimed.ts';

const read = (message: string) => claimed({ method: 'POST', parameters: { SAMLResponse: message }, repeated: [] });
const base64 = (xml: string): string => Buffer.from(xml).toString('base64');
const response = (inside: string, attributes = ''): string =>
  base64(
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" ${attributes}>${inside}</samlp:Response>`,
  );

describe('what a refused response says of itself', () => {
  it('is read without a signature, and without believing it', () => {
    const said = read(
      response(
        '<Issuer>https://idp.example</Issuer><samlp:Status><samlp:StatusCode Value="urn:ok"/></samlp:Status><Assertion><Issuer>https://idp.example</Issuer><Subject><NameID Format="urn:f">ann</NameID></Subject><Conditions NotBefore="2026-01-01T00:00:00Z"><AudienceRestriction><Audience>https://other.example</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="mail"><AttributeValue>ann@acme.example</AttributeValue></Attribute></AttributeStatement></Assertion>',
        'Destination="https://sp.example/acs"',
      ),
    );
    assert.deepEqual(said, {
      issuer: 'https://idp.example',
      destination: 'https://sp.example/acs',
      status: ['urn:ok'],
      response_signed: false,
      encrypted: false,
      assertion: {
        signed: false,
        issuer: 'https://idp.example',
        subject: 'ann',
        subject_format: 'urn:f',
        audience: ['https://other.example'],
        not_before: '2026-01-01T00:00:00Z',
        attributes: { mail: ['ann@acme.example'] },
      },
    });
  });

  it('is nothing for what cannot be read, has entities, or would cost much', () => {
    for (const message of [
      '',
      '%%%',
      base64('<a'),
      base64('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
      response('<a/>'.repeat(4000)),
      'A'.repeat(100_000),
    ])
      assert.equal(read(message), undefined, message.slice(0, 40));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void read(base64(`<a>${text}</a>`))));
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void read(text)));
  });
});
