import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { field_errors, use_change } from '../../api/use_change.ts';
import { Card } from '../../components/card.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { slug_of } from './slug_of.ts';

export function CreateOrganization() {
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: '', slug: '', external_id: '' } });
  const change = use_change({
    run: ({ name, slug, external_id }: typeof form.values) =>
      take(api.POST('/organizations', { body: { name, slug, ...(external_id !== '' && { external_id }) } })),
    done: ({ name }) => `${name} was made.`,
    refresh: [['organizations', 'list']],
    then: ({ id }) => navigate({ to: '/organizations/$organization_id', params: { organization_id: id } }),
  });
  const submit = form.onSubmit((values) => change.mutate(values, { onError: (error) => form.setErrors(field_errors(error)) }));
  return (
    <>
      <PageHead title="New organization" lead="A partner company. Its connections, domains and people come next." />
      <Card>
        <form onSubmit={submit}>
          <Stack maw="32rem">
            <ProblemAlert error={change.error} />
            <TextInput
              label="Name"
              description="As its people know it: it stands on their sign-in page."
              required
              data-autofocus
              {...form.getInputProps('name')}
              onChange={(event) => {
                const name = event.currentTarget.value;
                // the slug follows the name until somebody changes it
                if (form.values.slug === slug_of(form.values.name)) form.setFieldValue('slug', slug_of(name));
                form.setFieldValue('name', name);
              }}
            />
            <TextInput
              label="Slug"
              description="In addresses and in tokens (org_slug). Apps may know it: think before changing it later."
              required
              spellCheck={false}
              {...form.getInputProps('slug')}
            />
            <TextInput
              label="Your reference"
              description="The number of this customer in your own system, if there is one."
              {...form.getInputProps('external_id')}
            />
            <Group>
              <Button type="submit" loading={change.isPending}>
                Make the organization
              </Button>
              <LinkButton to="/organizations" variant="default">
                Cancel
              </LinkButton>
            </Group>
          </Stack>
        </form>
      </Card>
    </>
  );
}
