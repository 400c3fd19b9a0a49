import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { CertificateLine } from './certificate_line.tsx';
import type { Of } from './of.ts';

/** The certificates that the partner may sign with. A new one stands beside the old: nothing breaks on the day of the change. */
export function PartnerCertificates({ organization_id, connection: { id, trust } }: Of) {
  const { write_organization } = use_rights();
  const [opened, { open, close }] = useDisclosure(false);
  const [destruction, set_destruction] = useState<Destruction>();
  const refresh = [['organizations', organization_id]];
  const remove = use_change({
    run: (sha256: string) =>
      take(
        api.DELETE('/organizations/{organization_id}/connections/{id}/certificates/{sha256}', {
          params: { path: { organization_id, id, sha256 } },
        }),
      ),
    done: 'The certificate is no longer trusted.',
    refresh,
  });
  const certificates = trust?.certificates ?? [];
  return (
    <Card
      title="The partner’s certificates"
      flush
      actions={
        write_organization && (
          <Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={open}>
            Add a certificate
          </Button>
        )
      }
    >
      {certificates.length === 0 ? (
        <Empty icon="key" title="No certificate known">
          Give metadata in the configuration, or add a certificate here: without one, no answer of the partner can be believed.
        </Empty>
      ) : (
        <ul className="checks">
          {certificates.map((certificate) => (
            <li key={certificate.sha256} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
              <CertificateLine certificate={certificate} />
              {write_organization && certificates.length > 1 && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Stop trusting ${certificate.subject}`}
                  onClick={() =>
                    set_destruction({
                      title: 'Stop trusting this certificate?',
                      what: `What is signed with ${certificate.subject} is refused from now on.`,
                      verb: 'Stop trusting it',
                      run: () => remove.mutateAsync(certificate.sha256),
                    })
                  }
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Modal opened={opened} onClose={close} title="Add a certificate of the partner" size="lg">
        <AddCertificate {...{ organization_id, id, close }} />
      </Modal>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}

function AddCertificate({
  organization_id,
  id,
  close,
}: {
  readonly organization_id: string;
  readonly id: string;
  readonly close: () => void;
}) {
  const [pem, set_pem] = useState('');
  const add = use_change({
    run: () =>
      take(
        api.POST('/organizations/{organization_id}/connections/{id}/certificates', {
          params: { path: { organization_id, id } },
          body: { pem },
        }),
      ),
    done: 'Trusted, beside those that were there.',
    refresh: [['organizations', organization_id]],
    then: close,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(undefined);
      }}
    >
      <Stack>
        <ProblemAlert error={add.error} />
        <Textarea
          label="Certificate (PEM)"
          description="-----BEGIN CERTIFICATE----- … It stands beside those that are trusted already."
          value={pem}
          onChange={(event) => set_pem(event.currentTarget.value)}
          autosize
          minRows={6}
          maxRows={14}
          required
          spellCheck={false}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            Trust it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
