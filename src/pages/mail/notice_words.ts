import type { MailKey } from './messages/en.ts';
import type { NoticeView } from './notice.ts';

type Say = (key: MailKey, values?: Readonly<Record<string, string | number>>) => string;

/** A mail before it has a form. */
export interface NoticeWords {
  readonly title: string;
  readonly lead: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly to_do: readonly string[];
}

interface Speaker {
  readonly say: Say;
  /** A day, as the language writes it. */
  day(at: number): string;
  readonly host: string;
}

/** What each notice says, in one language. */
export function notice_words(view: NoticeView, { say, day, host }: Speaker): NoticeWords {
  switch (view.kind) {
    case 'certificate_ending': {
      const { organization, connection, days, ends_at, next_until } = view;
      const date = day(ends_at);
      return {
        title: say('certificate_ending.title', { connection, days }),
        lead: say('certificate_ending.lead', { organization, date }),
        facts: [...of_connection(view, say), ...of_certificate(view, say), [say('fact.ends'), date]],
        to_do: [
          ...(next_until === null ? [] : [say('certificate_ending.next', { date: day(next_until) })]),
          say('certificate_ending.do'),
          say('certificate_ending.metadata'),
        ],
      };
    }
    case 'certificate_ended': {
      const { organization, connection, ends_at } = view;
      return {
        title: say('certificate_ended.title', { connection }),
        lead: say('certificate_ended.lead', { organization, date: day(ends_at) }),
        facts: [...of_connection(view, say), ...of_certificate(view, say)],
        to_do: [say('certificate_ending.do'), say('certificate_ending.metadata')],
      };
    }
    case 'own_key_published': {
      const { organization, connection, metadata_url, used_from } = view;
      return {
        title: say('own_key_published.title', { connection }),
        lead: say('own_key_published.lead', { organization, date: day(used_from) }),
        facts: [...of_connection(view, say), [say('fact.metadata'), metadata_url]],
        to_do: [say('own_key.do'), say('own_key.by_hand')],
      };
    }
    case 'own_key_ending': {
      const { organization, connection, metadata_url, ends_at, days } = view;
      return {
        title: say('own_key_ending.title', { connection, days }),
        lead: say('own_key_ending.lead', { organization, date: day(ends_at) }),
        facts: [...of_connection(view, say), [say('fact.metadata'), metadata_url]],
        to_do: [say('own_key.do'), say('own_key.by_hand')],
      };
    }
    case 'scim_silent': {
      const { organization, token, last_at, days } = view;
      return {
        title: say('scim_silent.title', { organization, days }),
        lead: say('scim_silent.lead', { organization, date: day(last_at) }),
        facts: [
          [say('fact.organization'), organization],
          [say('fact.token'), token],
          [say('fact.last_request'), day(last_at)],
        ],
        to_do: [say('scim_silent.do'), say('scim_silent.unwanted')],
      };
    }
    case 'sync_stopped': {
      const { organization, connection } = view;
      return {
        title: say('sync_stopped.title', { organization }),
        lead: say('sync_stopped.lead', { connection }),
        facts: of_connection(view, say),
        to_do: [say('sync_stopped.do')],
      };
    }
    case 'setup_finished': {
      const { organization } = view;
      return {
        title: say('setup_finished.title', { organization }),
        lead: say('setup_finished.lead', { organization }),
        facts: [[say('fact.organization'), organization]],
        to_do: [say('setup_finished.do')],
      };
    }
    case 'event_hook_disabled':
      return {
        title: say('event_hook_disabled.title'),
        lead: say('event_hook_disabled.lead', { reason: view.reason }),
        facts: [[say('fact.endpoint'), view.url]],
        to_do: [say('event_hook_disabled.do')],
      };
    case 'test':
      return { title: say('test.title', { host }), lead: say('test.lead', { host }), facts: [[say('fact.server'), host]], to_do: [] };
  }
}

type Facts = NoticeWords['facts'];

const of_connection = ({ organization, connection }: { organization: string; connection: string }, say: Say): Facts => [
  [say('fact.organization'), organization],
  [say('fact.connection'), connection],
];

/** Whoever makes a certificate writes its subject: enough to know it by, too little for a letter. */
const MOST_QUOTED = 120;
const quoted = (text: string): string => (text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text);

const of_certificate = ({ certificate, sha256 }: { certificate: string; sha256: string }, say: Say): Facts => [
  [say('fact.certificate'), quoted(certificate)],
  [say('fact.sha256'), sha256],
];
