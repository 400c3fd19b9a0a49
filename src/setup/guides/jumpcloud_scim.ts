import type { Guide } from './guide.ts';

export const jumpcloud_scim: Guide = {
  id: 'jumpcloud_scim',
  vendor: 'jumpcloud',
  name: 'JumpCloud (SCIM)',
  protocol: 'scim',
  minutes: 8,
  where: 'The JumpCloud Admin Portal, in the application that people sign in with.',
  steps: [
    {
      title: 'Enter address and token',
      text: [
        'Open the application and its tab **Identity Management** (**Configuration settings**). Take **SCIM 2.0**, fill in these fields, give the address of somebody who is not used here as **Test User Email**, choose **Test Connection**, then **Activate**.',
        'Leave **Enable management of User Groups and Group Membership in this application** on for groups.',
      ],
      values: [
        { label: 'Base URL', value: { ours: 'scim_base_url' } },
        { label: 'Token Key', value: { ours: 'scim_token' } },
      ],
    },
    {
      title: 'Send people and groups',
      text: ['On **User Groups**, tick the groups whose people are sent, and save.'],
    },
  ],
  asks_back: [],
  mistakes: [
    {
      mistake: 'The test fails because the test person is there already.',
      remedy: 'Use another **Test User Email**: JumpCloud makes that person, changes and removes them.',
    },
    {
      mistake: 'Groups arrive without members.',
      remedy:
        'JumpCloud changes groups the way Entra does. It is recognised by itself; otherwise make the token with the dialect jumpcloud.',
    },
    {
      mistake: 'Nothing arrives.',
      remedy: 'On **User Groups**, tick a group, and look whether the integration is still **Activated**.',
    },
  ],
};
