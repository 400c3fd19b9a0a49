import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const entra_saml: Guide = {
  id: 'entra_saml',
  vendor: 'entra',
  name: 'Microsoft Entra ID (SAML)',
  protocol: 'saml',
  minutes: 15,
  where: 'The Microsoft Entra admin center, as Cloud Application Administrator or Application Administrator.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **Enterprise applications > New application > Create your own application**. Give it a name and take **Integrate any other application you don’t find in the gallery (Non-gallery)**.',
        'In the new application, open **Single sign-on** and choose **SAML**.',
      ],
    },
    {
      title: 'Tell Entra where to send people',
      text: ['Edit **Basic SAML Configuration**. The other fields may stay empty. Save.'],
      values: [
        { label: 'Identifier (Entity ID)', value: { ours: 'entity_id' } },
        { label: 'Reply URL (Assertion Consumer Service URL)', value: { ours: 'acs_url' } },
        { label: 'Logout Url', value: { ours: 'slo_url' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'Edit **Attributes & Claims**. The claims that are there from the start (emailaddress, givenname, surname, name) are understood as they are.',
        'Edit **Unique User Identifier (Name ID)**: as source attribute take user.objectid and as format **Persistent**. A user principal name or an address changes when somebody marries; the object id never does.',
        'The claim emailaddress is filled from user.mail, which is empty for people without a mailbox: take user.userprincipalname there if that is an address of theirs.',
        'For groups, **Add a group claim** and take **Groups assigned to the application**. Entra sends object ids unless the groups come from an on-premises directory.',
      ],
    },
    {
      title: 'Let people in',
      text: [
        'Under **Users and groups**, add who may sign in. While **Assignment required?** is on (**Properties**), nobody else comes in.',
      ],
    },
    {
      title: 'Copy the metadata address',
      text: [
        'Back on **Single sign-on**, under **SAML Certificates**, copy **App Federation Metadata Url**. New certificates then follow by themselves.',
      ],
    },
  ],
  asks_back: [{ label: 'App Federation Metadata Url', field: 'saml.metadata_url' }],
  mistakes: [
    {
      mistake: 'Entra shows AADSTS50105: the person is not assigned to the application.',
      remedy: 'Under **Users and groups**, add the person or one of their groups.',
      checks: ['status'],
    },
    {
      mistake: 'Entra shows AADSTS700016 or AADSTS650056: it knows no application by the name that we call ourselves.',
      remedy: 'Copy {entity_id} into **Identifier (Entity ID)** under **Basic SAML Configuration**.',
      checks: ['status'],
    },
    {
      mistake: 'Entra shows AADSTS50011: our address is not one of its reply URLs.',
      remedy: 'Copy {acs_url} into **Reply URL (Assertion Consumer Service URL)** under **Basic SAML Configuration**.',
      checks: ['status'],
    },
    {
      mistake: 'No e-mail address comes, for some people only.',
      remedy: 'Under **Attributes & Claims**, fill emailaddress from user.userprincipalname, or give these people a value for mail.',
      checks: ['attributes'],
    },
    {
      mistake: 'No groups come for people in very many groups: Entra then sends a link instead of a list.',
      remedy: 'Under **Attributes & Claims**, edit the group claim and take **Groups assigned to the application**.',
      checks: ['attributes'],
    },
    {
      mistake: 'We ask that the whole response is signed, and Entra signs the assertion alone.',
      remedy: 'Under **SAML Certificates > Edit**, set **Signing Option** to **Sign SAML response and assertion**.',
      checks: ['signature'],
    },
    {
      mistake: 'A new certificate was made active before we had read it.',
      remedy: 'Let us read the metadata again, then make the certificate active; leave the old one until people sign in with the new.',
      checks: ['signature', 'certificate'],
    },
    ...saml_mistakes({
      acs: 'Reply URL (Assertion Consumer Service URL)',
      entity_id: 'Identifier (Entity ID)',
      on: 'Single sign-on > Basic SAML Configuration',
      metadata:
        'App Federation Metadata Url under SAML Certificates; the address without an appid is that of the whole tenant and may have another certificate',
    }),
  ],
};
