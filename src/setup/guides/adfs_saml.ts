import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const adfs_saml: Guide = {
  id: 'adfs_saml',
  vendor: 'adfs',
  name: 'AD FS',
  protocol: 'saml',
  minutes: 20,
  where: 'AD FS Management on the federation server, as its administrator.',
  steps: [
    {
      title: 'Add the relying party trust',
      text: [
        'Right-click **Relying Party Trusts > Add Relying Party Trust**, take **Claims aware**, then **Import data about the relying party published online or on a local network** with the address below.',
        'Where the server may not reach it, save the document as a file and take **Import data about the relying party from a file**.',
        'As access control policy, take who may sign in.',
      ],
      values: [{ label: 'Federation metadata address', value: { ours: 'metadata_url' } }],
    },
    {
      title: 'Compare what was read',
      text: [
        'In the **Properties** of the trust, the tabs **Identifiers** and **Endpoints** show these; on **Advanced**, **Secure hash algorithm** is SHA-256.',
      ],
      values: [
        { label: 'Relying party identifier', value: { ours: 'entity_id' } },
        { label: 'SAML Assertion Consumer Endpoint (POST)', value: { ours: 'acs_url' } },
        { label: 'SAML Logout Endpoint', value: { ours: 'slo_url' } },
        { label: 'Secure hash algorithm', value: { text: 'SHA-256' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'Open **Edit Claim Issuance Policy > Add Rule > Send LDAP Attributes as Claims** with **Active Directory** as attribute store: E-Mail-Addresses to E-Mail Address, Given-Name to Given Name, Surname to Surname, Display-Name to Name. For groups, Token-Groups - Unqualified Names to Group.',
        'Add a second rule, **Transform an Incoming Claim**: from E-Mail Address to **Name ID** with the format **Email**. Without it no name id is sent. Where addresses change, take an attribute that does not, such as an employee number, as the source.',
      ],
    },
  ],
  asks_back: [
    {
      label: 'https://your federation server/FederationMetadata/2007-06/FederationMetadata.xml',
      field: 'saml.metadata_url',
      note: 'Where it cannot be reached from outside, give the file.',
    },
  ],
  mistakes: [
    {
      mistake: 'No name id is sent.',
      remedy:
        'Under **Edit Claim Issuance Policy**, add the rule **Transform an Incoming Claim** to **Name ID**, below the rule that sends the attributes.',
      checks: ['message', 'structure', 'status'],
    },
    {
      mistake: 'The signature is made with SHA-1.',
      remedy: 'In **Properties > Advanced**, set **Secure hash algorithm** to **SHA-256**.',
      checks: ['signature'],
    },
    {
      mistake:
        'AD FS made itself a new token-signing certificate (it does so every year while AutoCertificateRollover is on), and we have only the metadata file.',
      remedy: 'Give us the metadata address instead of the file, or the file again whenever the certificate is replaced.',
      checks: ['signature', 'certificate'],
    },
    {
      mistake: 'The clock of the federation server is ahead of ours.',
      remedy: 'Set the clock by NTP. Until then: Set-AdfsRelyingPartyTrust -TargetName … -NotBeforeSkew 2',
      checks: ['clock'],
    },
    {
      mistake: 'AD FS refuses our signed request, because it does not have our certificate or cannot check whether it was revoked.',
      remedy: 'Import our metadata again; our certificate is self-signed, so set -SigningCertificateRevocationCheck None for this trust.',
      checks: ['status'],
    },
    {
      mistake: 'An attribute is missing: it is empty in Active Directory, or no rule sends it.',
      remedy: 'Compare the rules under **Edit Claim Issuance Policy** with those above.',
      checks: ['attributes'],
    },
    {
      mistake: 'The authentication context that was asked for is not one that AD FS knows.',
      remedy: 'Leave the authentication context of the connection empty.',
      checks: ['authn_context', 'status'],
    },
    ...saml_mistakes({
      acs: 'SAML Assertion Consumer Endpoint',
      entity_id: 'Relying party identifier',
      on: 'Properties of the trust, tabs Endpoints and Identifiers',
      metadata: 'the address of FederationMetadata.xml',
    }),
  ],
};
