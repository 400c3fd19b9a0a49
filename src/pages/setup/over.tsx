import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { Icon } from '../parts.tsx';
import { portal_document } from './shell.tsx';

/** Why a link opens nothing. */
export type LinkOver = 'unknown' | 'expired' | 'revoked' | 'finished' | 'suspended' | 'not_administrator' | 'signed_out';

const texts: Readonly<Record<LinkOver, { readonly title: string; readonly text: string; readonly todo: string }>> = {
  unknown: {
    title: 'This link opens nothing',
    text: 'It is not complete, it has been replaced by a newer one, or this browser has not opened it yet.',
    todo: 'Open the whole link from your message again, the newest one if there are several. If that does not help, ask whoever sent it for a new one.',
  },
  expired: {
    title: 'This link has expired',
    text: 'Links work for some days only. What you had entered is kept.',
    todo: 'Ask whoever sent it for a new link: you go on where you were.',
  },
  revoked: {
    title: 'This link has been replaced or revoked',
    text: 'A newer link was made for the same task, or this one was ended. Nothing of what you had entered is lost.',
    todo: 'Look for a newer message, or ask whoever sent it for a new link.',
  },
  finished: {
    title: 'This set-up is finished',
    text: 'The link has done its work and changes nothing any more.',
    todo: 'To change something later (a certificate, the SCIM token), ask whoever sent it for a new link, or sign in.',
  },
  suspended: {
    title: 'This organization is suspended',
    text: 'Nothing can be set up while it is.',
    todo: 'Ask whoever sent the link.',
  },
  signed_out: {
    title: 'You are not signed in any more',
    text: 'Your sign-in has ended, or you no longer look after your company here. Nothing was changed.',
    todo: 'Sign in again. If that does not help, ask whoever looks after your company here.',
  },
  not_administrator: {
    title: 'You do not look after your company here',
    text: 'You are signed in, but you have not been named as an administrator of your company. Being in a group of that name is not enough.',
    todo: 'Ask your contact at this service to give you the role org_admin, or to send you a set-up link. Are you signed in as somebody else? Then sign in again.',
  },
};

/** The link is of no use: why, and what to do. P15. Names nobody: the visitor has proven nothing. */
export function setup_over_page(why: LinkOver, frame: Frame): string {
  const { title, text, todo } = texts[why];
  return portal_document(
    frame,
    title,
    <main>
      <Icon name={why === 'finished' ? 'check' : 'alert'} tone={why === 'finished' ? 'good' : 'calm'} />
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      <h2>What you can do</h2>
      <p>{todo}</p>
      {why === 'suspended' ? null : <SignIn why={why} />}
    </main>,
    false,
  );
}

/** For whoever looks after their organization already, without a link. */
function SignIn({ why }: { why: LinkOver }): ReactNode {
  if (why === 'not_administrator')
    return (
      <p>
        <a className="button quiet" href="/setup/enter?again=1">
          Sign in as somebody else
        </a>
      </p>
    );
  if (why === 'signed_out')
    return (
      <p>
        <a className="button quiet" href="/setup/enter">
          Sign in
        </a>
      </p>
    );
  return (
    <p>
      Do you look after your company here already? <a href="/setup/enter">Sign in</a> through your own identity provider.
    </p>
  );
}
