import { deflateRawSync } from 'node:zlib';
import type { Callback } from '../../../connectors/connector.ts';
import { MAX_LOGOUT, MAX_MESSAGE } from '../../../connectors/saml/verify/index.ts';
import { canonicalize, read_xml } from '../../../connectors/saml/xml/index.ts';
import { certificate_body } from '../../../src/mock/saml/keys.ts';
import { assertion_xml, response_xml } from '../../../src/mock/saml/response.ts';
import { SP } from './connection.ts';
import { encrypt_for } from './encryption.ts';
import { an_answer, base64, type Bench, IDP, NOW, swap } from './forge.ts';
import { sign_by_hand } from './signer.ts';

/** XML of about so many bytes that is to cost as much as it can. */
type Filler = (bytes: number) => string;

const repeated =
  (piece: string, most = Number.POSITIVE_INFINITY): Filler =>
  (bytes) =>
    piece.repeat(Math.max(1, Math.min(most, Math.floor(bytes / Buffer.byteLength(piece)))));

/** One element with as many attributes as fit. */
const one_element =
  (attribute: (index: number) => string, around = ''): Filler =>
  (bytes) => {
    let inside = '';
    for (let index = 0; inside.length < bytes - around.length - 100; index++) inside += ` ${attribute(index)}`;
    return `<x${around}${inside}/>`;
  };

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index.toString(36)}`);
const declared = (count: number, uri: (index: number) => string): string =>
  names(count)
    .map((name, index) => ` xmlns:${name}="${uri(index)}"`)
    .join('');
const long_uri = (index: number): string => `urn:${'u'.repeat(490)}${index}`;
const within =
  (open: string, filler: Filler, close: string): Filler =>
  (bytes) =>
    `${open}${filler(bytes - open.length - close.length)}${close}`;

/** What may stand anywhere where elements may. */
export const fillers: Readonly<Record<string, Filler>> = {
  'empty elements, up to the cap': repeated('<x/>', 9900),
  'empty elements, beyond the cap': repeated('<x/>'),
  'elements as deep as may be': repeated(`${'<x>'.repeat(30)}${'</x>'.repeat(30)}`, 330),
  'elements that never end': repeated('<x>'),
  'attributes of one element': one_element((index) => `a${index}=""`),
  'attributes of many elements': repeated('<x a="" b="" c="" d="" e="" f="" g="" h=""/>', 4900),
  'attributes with a far prefix': within(`<y${declared(110, (i) => `u:${i}`)}>`, repeated('<x n0:a="" n0:b="" n0:c="" n0:d=""/>'), '</y>'),
  'attributes of one element in two long namespaces': one_element(
    (index) => `${index % 2 === 0 ? 'n0' : 'n1'}:a${index}=""`,
    declared(2, long_uri),
  ),
  'prefixes found far away': within(`<y${declared(110, (i) => `u:${i}`)}>`, repeated('<n0:x/>', 9900), '</y>'),
  'prefixes not found': within(`<y${declared(110, (i) => `u:${i}`)}>`, repeated('<x/>', 9900), '</y>'),
  'declarations at every element': repeated(`<x${declared(90, (i) => `u:${i}`)}/>`, 400),
  'a long namespace written at every element': within(`<y xmlns:p="${long_uri(0)}">`, repeated('<p:x/>', 9900), '</y>'),
  'a namespace as long as the message': (bytes) => `<y xmlns:p="urn:${'u'.repeat(bytes / 2)}">${repeated('<p:x/>', 9900)(bytes / 2)}</y>`,
  'undeclared and declared in turn': repeated(`<a xmlns="u:a"><b xmlns=""><c xmlns="u:c"/></b></a>`, 3000),
  IDs: (bytes) =>
    names(Math.min(9900, Math.floor(bytes / 14)))
      .map((name) => `<x ID="${name}"/>`)
      .join(''),
  comments: within('<x>', repeated('<!---->'), '</x>'),
  'comments between one letter each': within('<x>', repeated('a<!---->'), '</x>'),
  'CDATA sections': within('<x>', repeated('<![CDATA[]]>'), '</x>'),
  references: within('<x>', repeated('&amp;'), '</x>'),
  'references by number': within('<x>', repeated('&#38;'), '</x>'),
  'one reference of many digits': (bytes) => `<x>&#${'0'.repeat(bytes - 20)}38;</x>`,
  'references in an attribute': (bytes) => `<x a="${repeated('&#9;')(bytes - 20)}"/>`,
  'text that canonicalization makes four times as long': within('<x>', repeated('>'), '</x>'),
  'line ends': within('<x>', repeated('\r'), '</x>'),
  'a name as long as the message': (bytes) => `<${'x'.repeat(bytes / 2 - 10)}/>`,
  'a name of letters beyond ASCII': (bytes) => `<${'é'.repeat(bytes / 2 - 10)}/>`,
  'a prefix of letters beyond ASCII': (bytes) => `<x xmlns:${'é'.repeat(bytes / 2 - 20)}="urn:x"/>`,
  'text beyond ASCII': within('<x>', repeated('日'), '</x>'),
  'entities that nobody declared': within('<x>', repeated('&lol9;'), '</x>'),
  'white space': (bytes) => `<x${' '.repeat(bytes - 20)}/>`,
  'one letter of text between elements': within('<x>', repeated('a<y/>', 9900), '</x>'),
};

/** Base64 that is to cost as much as it can, before there is any XML. */
const encoded: Readonly<Record<string, (characters: number) => string>> = {
  'base64 of nothing readable': (characters) => 'A'.repeat(characters),
  'base64 in lines of one character': (characters) => 'A\n'.repeat(characters / 2),
  'white space alone': (characters) => ' '.repeat(characters),
  'no base64': (characters) => `${'A'.repeat(characters - 1)}!`,
  'padding alone': (characters) => '='.repeat(characters),
};

/** A response whose assertion carries a filler and is signed all the same: a hostile partner's. */
function signed(bench: Bench, filler: string): string {
  const assertion = assertion_xml(an_answer()).replace('<saml:AuthnStatement', `<saml:Advice>${filler}</saml:Advice><saml:AuthnStatement`);
  const signature = sign_by_hand(canonical_or_not(assertion), bench.idp, { uri: '#_assertion1' });
  return response_xml(an_answer(), assertion.replace('</saml:Issuer>', `</saml:Issuer>${signature}`));
}

/** What cannot be canonicalized cannot be signed either: then with a digest of nothing. */
function canonical_or_not(xml: string): string {
  try {
    return canonicalize(read_xml(xml, { length: 1e7, elements: 1e6, attributes: 1e6, depth: 1000, namespaces: 1e4, canonical: 1e7 }), {
      algorithm: 'exclusive',
      caps: { canonical: 1e7 },
    });
  } catch {
    return '';
  }
}

/** A filler inside what is canonicalized before anybody's signature was checked: anybody may send this. */
const in_signed_info = (good: string, filler: string): string => swap(good, '<ds:DigestMethod', `${filler}<ds:DigestMethod`);

/** Values, confirmations and the like: what is read of a signed assertion. */
const readings: Readonly<Record<string, (bytes: number) => (xml: string) => string>> = {
  'attribute values': (bytes) =>
    insert(
      '</saml:AttributeStatement>',
      `<saml:Attribute Name="a">${repeated('<saml:AttributeValue>x</saml:AttributeValue>', 9000)(bytes)}</saml:Attribute>`,
    ),
  'attributes of one name': (bytes) =>
    insert(
      '</saml:AttributeStatement>',
      repeated('<saml:Attribute Name="a"><saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>')(bytes),
    ),
  'one long attribute value': (bytes) =>
    insert(
      '</saml:AttributeStatement>',
      `<saml:Attribute Name="a"><saml:AttributeValue>${'x'.repeat(bytes)}</saml:AttributeValue></saml:Attribute>`,
    ),
  'subject confirmations': (bytes) => insert('</saml:Subject>', repeated('<saml:SubjectConfirmation Method="x"/>')(bytes)),
  audiences: (bytes) => insert('</saml:AudienceRestriction>', repeated('<saml:Audience>urn:x</saml:Audience>')(bytes)),
  authentications: (bytes) => (xml) => {
    const statement = /<saml:AuthnStatement.*<\/saml:AuthnStatement>/s.exec(xml)?.[0] ?? '';
    return swap(xml, statement, repeated(statement)(bytes));
  },
};
const insert =
  (before: string, what: string) =>
  (xml: string): string =>
    swap(xml, before, what + before);

function signed_reading(bench: Bench, change: (xml: string) => string): string {
  const assertion = change(assertion_xml(an_answer()));
  const signature = sign_by_hand(canonical_or_not(assertion), bench.idp, { uri: '#_assertion1' });
  return response_xml(an_answer(), assertion.replace('</saml:Issuer>', `</saml:Issuer>${signature}`));
}

export interface Worst {
  readonly name: string;
  readonly what: 'answer' | 'logout' | 'metadata' | 'settings';
  readonly callback?: Callback;
  readonly xml?: string;
}

const ROOM = 4500;
const posted = (message: string): Callback => ({
  method: 'POST',
  parameters: { SAMLResponse: message, RelayState: 'x'.repeat(32) },
  repeated: [],
});

/** Every message that is known to cost much, at the size where it may still be verified where it arrives, and as large as it may be at all. */
export function worst_messages(bench: Bench): Worst[] {
  const found: Worst[] = [];
  const plain = response_xml(an_answer(), signed_assertion(bench));
  for (const [size, bytes] of [
    ['small', 48 * 1024 - ROOM],
    ['large', MAX_MESSAGE - ROOM],
  ] as const) {
    const answer = (name: string, message: string): void =>
      void found.push({ name: `${size}: ${name}`, what: 'answer', callback: posted(message) });
    for (const [name, filler] of Object.entries(fillers)) {
      const filled = filler(bytes);
      answer(`${name}, unsigned`, base64(in_signed_info(plain, filled)));
      answer(`${name}, signed`, base64(signed(bench, filled)));
    }
    for (const [name, change] of Object.entries(readings)) answer(name, base64(signed_reading(bench, change(bytes - 2000))));
    const certificates = `<ds:X509Certificate>${certificate_body(bench.idp.certificate_pem)}</ds:X509Certificate>`;
    answer(
      'certificates in KeyInfo',
      base64(
        swap(
          plain,
          '</ds:SignatureValue>',
          `</ds:SignatureValue><ds:KeyInfo><ds:X509Data>${repeated(certificates)(bytes)}</ds:X509Data></ds:KeyInfo>`,
        ),
      ),
    );
    answer('encrypted keys', base64(with_keys(bench, 4, bytes)));
    answer('encrypted keys, beyond the cap', base64(with_keys(bench, 200, bytes)));
  }
  for (const [name, make] of Object.entries(encoded)) {
    found.push({ name: `large: ${name}`, what: 'answer', callback: posted(make(512 * 1024)) });
    found.push({ name: `enormous: ${name}`, what: 'answer', callback: posted(make(50_000_000)) });
  }
  return [...found, ...worst_logouts(bench), ...worst_metadata(bench)];
}

function signed_assertion(bench: Bench): string {
  const assertion = assertion_xml(an_answer());
  const signature = sign_by_hand(canonical_or_not(assertion), bench.idp, { uri: '#_assertion1' });
  return assertion.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
}

/** An encrypted assertion with so many keys, all of the right size and for nobody. */
function with_keys(bench: Bench, count: number, bytes: number): string {
  const sealed = encrypt_for(
    bench.decryption.publicKey,
    'x'.repeat(Math.max(1, Math.floor((bytes - count * 900) * 0.7))),
    'saml:EncryptedAssertion',
  );
  const key = /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s.exec(sealed)?.[0] ?? '';
  // a ciphertext below every modulus, which is nobody's
  const foreign = key.replace(/<xenc:CipherValue>[^<]*/, `<xenc:CipherValue>${Buffer.alloc(256, 1).toString('base64')}`);
  return response_xml(an_answer(), sealed.replace(key, foreign.repeat(count)));
}

const logout_of = (inside: string): string =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_l" Version="2.0" IssueInstant="${new Date(NOW).toISOString()}" Destination="${SP.slo_url}"><saml:Issuer>${IDP}</saml:Issuer>${inside}</samlp:LogoutRequest>`;

function worst_logouts(bench: Bench): Worst[] {
  const found: Worst[] = [];
  for (const [name, filler] of Object.entries(fillers)) {
    const inside = `<samlp:Extensions>${filler(MAX_LOGOUT - 2500)}</samlp:Extensions><saml:NameID>x</saml:NameID>`;
    const xml = logout_of(inside);
    const signature = sign_by_hand(canonical_or_not(xml), bench.idp, { uri: '#_l' });
    const message = base64(xml.replace('</saml:Issuer>', `</saml:Issuer>${signature}`));
    found.push({
      name: `logout: ${name}`,
      what: 'logout',
      callback: { method: 'POST', parameters: { SAMLRequest: message }, repeated: [] },
    });
  }
  const bomb = deflateRawSync(Buffer.alloc(15_000_000, 0x20)).toString('base64');
  for (const parameter of ['SAMLRequest', 'SAMLResponse']) {
    const parameters = { [parameter]: bomb, SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', Signature: 'AAAA' };
    found.push({ name: `logout: a DEFLATE bomb in ${parameter}`, what: 'logout', callback: { method: 'GET', parameters, repeated: [] } });
    const large = { [parameter]: 'A'.repeat(512 * 1024) };
    found.push({
      name: `logout: as large as a form may be in ${parameter}`,
      what: 'logout',
      callback: { method: 'POST', parameters: large, repeated: [] },
    });
  }
  return found;
}

function worst_metadata(bench: Bench): Worst[] {
  const certificate = certificate_body(bench.idp.certificate_pem);
  const key = `<md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
  const entity = (inside: string, extensions: string): string =>
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${IDP}">${extensions}<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${inside}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.partner.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
  const found: Worst[] = [];
  for (const [what, bytes] of [
    ['metadata', 47_000],
    ['metadata', 3_900_000],
    ['settings', 490_000],
  ] as const) {
    for (const [name, filler] of Object.entries(fillers))
      found.push({
        name: `${what} of ${bytes} bytes: ${name}`,
        what,
        xml: entity(key, `<md:Extensions>${filler(bytes - 3000)}</md:Extensions>`),
      });
    found.push({ name: `${what} of ${bytes} bytes: certificates`, what, xml: entity(repeated(key)(bytes), '') });
    const many = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${repeated(entity(key, ''))(bytes)}</md:EntitiesDescriptor>`;
    found.push({ name: `${what} of ${bytes} bytes: identity providers`, what, xml: many });
  }
  return found;
}
