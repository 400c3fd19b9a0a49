/** English: the language that decides which keys exist. ICU messages, never markup. `title` is the subject as well. */
export const en = {
  'certificate_ending.title': 'The certificate of {connection} ends in {days, plural, one {# day} other {# days}}',
  'certificate_ending.lead':
    'The certificate by which {organization} signs its sign-ins ends on {date}. If nothing happens, nobody of {organization} can sign in from then on.',
  'certificate_ending.do': 'Make a new certificate at your identity provider, and give it to us beside the old one before you switch over.',
  'certificate_ending.metadata': 'If we read your metadata by its address, publish the new certificate there: it is taken over by itself.',
  'certificate_ending.next':
    'Another certificate is known that is valid until {date}: if your identity provider signs with it by then, nothing is left to do.',
  'certificate_ended.title': 'The certificate of {connection} has ended',
  'certificate_ended.lead':
    'The certificate by which {organization} signed its sign-ins ended on {date}. Sign-ins that are signed with it are refused.',
  'own_key_published.title': 'Our key for {connection} is about to be renewed',
  'own_key_published.lead':
    'The key with which we sign requests to {organization} is renewed. The next certificate is in our metadata now; we use it from {date} on.',
  'own_key_ending.title': 'Our certificate for {connection} ends in {days, plural, one {# day} other {# days}}',
  'own_key_ending.lead': 'The certificate of our side for {organization} ends on {date}.',
  'own_key.do': 'If your identity provider reads our metadata by itself, nothing is to be done.',
  'own_key.by_hand': 'Otherwise give it our metadata again, or enter the new certificate beside the old one, before that day.',
  'scim_silent.title': '{organization} has sent no changes of people for {days, plural, one {# day} other {# days}}',
  'scim_silent.lead':
    'The directory that provisions the people of {organization} used to send changes. The last request came on {date}. Whoever leaves meanwhile is not switched off.',
  'scim_silent.do': 'Look whether provisioning was paused at the directory, or stopped by itself after failures, and start it again.',
  'scim_silent.unwanted': 'If provisioning was ended on purpose, delete its token.',
  'sync_stopped.title': 'Reading the directory of {organization} was stopped',
  'sync_stopped.lead':
    'The directory behind {connection} lacks so many people that nobody was switched off: this looks like a mistake in the directory or in a filter.',
  'sync_stopped.do': 'Compare the directory, the base and the filter with what you expect, then let it be read again.',
  'setup_finished.title': '{organization} has finished its set-up',
  'setup_finished.lead': 'Somebody at {organization} went through the set-up link to its end.',
  'setup_finished.do': 'Look at the connection, and activate it if that was left to you.',
  'event_hook_disabled.title': 'An event hook was switched off',
  'event_hook_disabled.lead': 'The endpoint below no longer hears of what happens: {reason}.',
  'event_hook_disabled.do':
    'Remove the hook, or mend the endpoint and switch the hook on again. What was missed can be sent again from its deliveries.',
  'test.title': 'A test of mail from {host}',
  'test.lead': 'Notices of {host} reach this address.',
  'fact.organization': 'Organization',
  'fact.connection': 'Connection',
  'fact.certificate': 'Certificate',
  'fact.sha256': 'SHA-256',
  'fact.ends': 'Valid until',
  'fact.metadata': 'Our metadata',
  'fact.token': 'Token',
  'fact.last_request': 'Last request',
  'fact.endpoint': 'Endpoint',
  'fact.server': 'Server',
  'mail.to_do': 'What to do',
  'mail.why_contact':
    'You get this because you are a contact of {organization} at {host}. Whoever looks after the sign-in there can change that.',
  'mail.why_operator': 'You get this because you operate {host}.',
  'mail.no_answer': 'This was sent by itself; answers are not read.',
} as const satisfies Readonly<Record<string, string>>;

export type MailKey = keyof typeof en;
export type MailMessages = Readonly<Record<MailKey, string>>;
