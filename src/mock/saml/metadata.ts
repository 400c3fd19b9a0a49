import { certificate_body, type SigningKey } from './keys.ts';
import { DSIG, METADATA, PERSISTENT, POST, PROTOCOL, REDIRECT } from './names.ts';

/** The mock's own metadata. */
export function idp_metadata(url: string, entity_id: string, keys: readonly SigningKey[]): string {
  const descriptors = keys.map(
    ({ certificate_pem }) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate_body(certificate_pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  const both = (service: string, path: string): string =>
    [REDIRECT, POST].map((binding) => `<md:${service} Binding="${binding}" Location="${url}${path}"/>`).join('');
  return `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="${METADATA}" xmlns:ds="${DSIG}" entityID="${entity_id}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL}">${descriptors.join('')}${both('SingleLogoutService', '/slo')}<md:NameIDFormat>${PERSISTENT}</md:NameIDFormat>${both('SingleSignOnService', '/sso')}</md:IDPSSODescriptor></md:EntityDescriptor>
`;
}
