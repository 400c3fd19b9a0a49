import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const shibboleth_saml: Guide = {
  id: 'shibboleth_saml',
  vendor: 'shibboleth',
  name: 'Shibboleth',
  protocol: 'saml',
  minutes: 30,
  where: 'The server of the identity provider: the files in conf/, and a reload of the services.',
  steps: [
    {
      title: 'Trust our metadata',
      text: [
        'In conf/metadata-providers.xml, add a **MetadataProvider**: an HTTP one (FileBackedHTTPMetadataProvider) with the address below, or FilesystemMetadataProvider with its document saved as a file.',
        'Our encryption certificate is in it: Shibboleth encrypts assertions unless told otherwise, and we take them so.',
      ],
      values: [
        { label: 'metadataURL', value: { ours: 'metadata_url' } },
        { label: 'entityID', value: { ours: 'entity_id' } },
      ],
    },
    {
      title: 'Send a name id that stays',
      text: [
        'The default is a transient name id, another one at every sign-in. Either generate persistent ones (conf/saml-nameid.properties and conf/saml-nameid.xml) and prefer them for us in a relying party override in conf/relying-party.xml (nameIDFormatPrecedence), …',
        '… or leave it transient and tell us the attribute that says who it is, such as urn:oasis:names:tc:SAML:attribute:subject-id.',
      ],
      values: [{ label: 'nameIDFormatPrecedence', value: { text: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' } }],
    },
    {
      title: 'Release attributes',
      text: [
        'In conf/attribute-filter.xml, add an **AttributeFilterPolicy** whose PolicyRequirementRule is of type Requester with our entity id, and permit mail, givenName, sn, displayName and what holds groups. They travel under their OIDs, which we know.',
      ],
      values: [{ label: 'Requester value', value: { ours: 'entity_id' } }],
    },
    {
      title: 'Reload and give us the metadata',
      text: [
        'Reload the metadata, relying party and attribute filter services (bin/reload-service.sh), or restart. The metadata is at /idp/shibboleth of your server unless you publish it elsewhere; it is often written by hand, so look that its certificates and addresses are those of today.',
      ],
    },
  ],
  asks_back: [
    { label: 'Metadata address', field: 'saml.metadata_url' },
    { label: 'entityID', field: 'saml.entity_id', note: 'Where the address is that of a federation with many identity providers.' },
    { label: 'Attribute that says who it is', field: 'saml.subject_attribute', note: 'Only where the name id stays transient.' },
  ],
  mistakes: [
    {
      mistake: 'The name id is transient and tells nobody apart.',
      remedy:
        'Prefer the persistent format for us (**nameIDFormatPrecedence** in conf/relying-party.xml), or name the attribute in subject_attribute.',
      checks: ['outcome'],
    },
    {
      mistake: 'No attributes come.',
      remedy:
        'In conf/attribute-filter.xml, compare the value of the **Requester** rule with {entity_id}, then reload the attribute filter.',
      checks: ['attributes'],
    },
    {
      mistake: 'The assertion is encrypted for an old key of ours.',
      remedy: 'Reload our metadata from {metadata_url}; with a file, save it anew.',
      checks: ['encryption', 'signature'],
    },
    {
      mistake: 'Shibboleth cannot encrypt for us and refuses, because our metadata was cut down.',
      remedy: 'Use {metadata_url} whole. **encryptionOptional** in conf/idp.properties lets it go on without.',
      checks: ['status', 'encryption'],
    },
    {
      mistake: 'Shibboleth shows “unsupported request” or “no metadata”: it does not know us.',
      remedy: 'Compare the **MetadataProvider** with {metadata_url} and reload the metadata service; logs/idp-process.log says why.',
      checks: ['status'],
    },
    ...saml_mistakes({
      acs: 'AssertionConsumerService',
      entity_id: 'entityID',
      on: 'our metadata as Shibboleth has it',
      metadata: 'the metadata of the identity provider with its present signing certificate',
    }),
  ],
};
