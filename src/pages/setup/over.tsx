import type { Frame } from '../frame.tsx';
import { Icon } from '../parts.tsx';
import { portal_document } from './shell.tsx';

/** Why a link opens nothing. */
export type LinkOver = 'unknown' | 'expired' | 'revoked' | 'finished' | 'suspended';

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
    todo: 'To change something later (a certificate, the SCIM token), ask whoever sent it for a new link.',
  },
  suspended: {
    title: 'This organization is suspended',
    text: 'Nothing can be set up while it is.',
    todo: 'Ask whoever sent the link.',
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
    </main>,
    false,
  );
}
