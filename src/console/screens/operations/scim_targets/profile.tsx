import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { Facts } from '../../../components/facts.tsx';

const presets = {
  generic: 'the standard',
  aws: 'AWS IAM Identity Center',
  slack: 'Slack',
  github: 'GitHub',
  atlassian: 'Atlassian',
} as const;

/** What Postern keeps to with this target: by its kind, by what it says of itself, by what it turned out to refuse. */
export function Profile({ target: { preset, profile, people, groups, organizations } }: { readonly target: Schemas['SCIMTarget'] }) {
  const yes = (value: boolean): string => (value ? 'yes' : 'no');
  return (
    <Card order={2} title="What it can bear" note="By its kind, by what it says of itself, and by what it turned out to refuse.">
      <Facts
        of={[
          ['Like', presets[preset]],
          ['Told of', people === 'all' ? 'everyone' : people === 'in_groups' ? 'people of groups that are sent' : 'people with a role'],
          ['Of', organizations === 'all' ? 'every organization of the app' : `${organizations.length} organizations`],
          ['Groups', groups.send && profile.groups ? 'sent' : 'not sent'],
          ['Changes by PATCH', yes(profile.patch)],
          ['Deletes people', yes(profile.delete_users)],
          ['Members in one request', profile.max_member_changes],
          ['Requests a second', profile.requests_per_second ?? 'as fast as it answers'],
        ]}
      />
    </Card>
  );
}
