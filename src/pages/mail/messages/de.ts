import type { MailMessages } from './en.ts';

export const de: MailMessages = {
  'certificate_ending.title': 'Das Zertifikat von {connection} endet in {days, plural, one {# Tag} other {# Tagen}}',
  'certificate_ending.lead':
    'Das Zertifikat, mit dem {organization} Anmeldungen signiert, endet am {date}. Geschieht nichts, kann sich danach niemand von {organization} mehr anmelden.',
  'certificate_ending.do':
    'Erstellen Sie bei Ihrem Identitätsanbieter ein neues Zertifikat und geben Sie es uns neben dem alten, bevor Sie umstellen.',
  'certificate_ending.metadata':
    'Wenn wir Ihre Metadaten über deren Adresse lesen, veröffentlichen Sie das neue Zertifikat dort: Es wird von selbst übernommen.',
  'certificate_ending.next':
    'Ein weiteres Zertifikat ist bekannt, gültig bis {date}: Signiert Ihr Identitätsanbieter bis dahin mit diesem, ist nichts mehr zu tun.',
  'certificate_ended.title': 'Das Zertifikat von {connection} ist abgelaufen',
  'certificate_ended.lead':
    'Das Zertifikat, mit dem {organization} Anmeldungen signiert hat, endete am {date}. Damit signierte Anmeldungen werden abgelehnt.',
  'own_key_published.title': 'Unser Schlüssel für {connection} wird bald erneuert',
  'own_key_published.lead':
    'Der Schlüssel, mit dem wir Anfragen an {organization} signieren, wird erneuert. Das nächste Zertifikat steht jetzt in unseren Metadaten; wir verwenden es ab dem {date}.',
  'own_key_ending.title': 'Unser Zertifikat für {connection} endet in {days, plural, one {# Tag} other {# Tagen}}',
  'own_key_ending.lead': 'Das Zertifikat unserer Seite für {organization} endet am {date}.',
  'own_key.do': 'Liest Ihr Identitätsanbieter unsere Metadaten von selbst, ist nichts zu tun.',
  'own_key.by_hand':
    'Geben Sie ihm sonst vor diesem Tag unsere Metadaten noch einmal, oder tragen Sie das neue Zertifikat neben dem alten ein.',
  'scim_silent.title': '{organization} hat seit {days, plural, one {# Tag} other {# Tagen}} keine Änderungen an Personen gesendet',
  'scim_silent.lead':
    'Das Verzeichnis, das die Personen von {organization} bereitstellt, hat bisher Änderungen gesendet. Die letzte Anfrage kam am {date}. Wer inzwischen ausscheidet, wird nicht abgeschaltet.',
  'scim_silent.do':
    'Prüfen Sie, ob die Bereitstellung im Verzeichnis angehalten wurde oder nach Fehlern von selbst stehen blieb, und starten Sie sie wieder.',
  'scim_silent.unwanted': 'Wurde die Bereitstellung mit Absicht beendet, löschen Sie ihr Token.',
  'sync_stopped.title': 'Das Lesen des Verzeichnisses von {organization} wurde angehalten',
  'sync_stopped.lead':
    'Im Verzeichnis hinter {connection} fehlen so viele Personen, dass niemand abgeschaltet wurde: Das sieht nach einem Fehler im Verzeichnis oder in einem Filter aus.',
  'sync_stopped.do': 'Vergleichen Sie Verzeichnis, Basis und Filter mit dem, was Sie erwarten, und lassen Sie es dann wieder lesen.',
  'setup_finished.title': '{organization} hat die Einrichtung abgeschlossen',
  'setup_finished.lead': 'Jemand bei {organization} ist über den Einrichtungslink bis zum Ende gegangen.',
  'setup_finished.do': 'Sehen Sie sich die Verbindung an und aktivieren Sie sie, wenn das Ihnen überlassen wurde.',
  'event_hook_disabled.title': 'Ein Event-Hook wurde abgeschaltet',
  'event_hook_disabled.lead': 'Der unten genannte Endpunkt erfährt nicht mehr, was geschieht: {reason}.',
  'event_hook_disabled.do':
    'Entfernen Sie den Hook, oder bringen Sie den Endpunkt in Ordnung und schalten Sie den Hook wieder ein. Was er versäumt hat, lässt sich aus seinen Zustellungen noch einmal senden.',
  'test.title': 'Ein Test der Mail von {host}',
  'test.lead': 'Benachrichtigungen von {host} kommen bei dieser Adresse an.',
  'fact.organization': 'Organisation',
  'fact.connection': 'Verbindung',
  'fact.certificate': 'Zertifikat',
  'fact.sha256': 'SHA-256',
  'fact.ends': 'Gültig bis',
  'fact.metadata': 'Unsere Metadaten',
  'fact.token': 'Token',
  'fact.last_request': 'Letzte Anfrage',
  'fact.endpoint': 'Endpunkt',
  'fact.server': 'Server',
  'mail.to_do': 'Was zu tun ist',
  'mail.why_contact':
    'Sie erhalten dies als Kontakt von {organization} bei {host}. Wer sich dort um die Anmeldung kümmert, kann das ändern.',
  'mail.why_operator': 'Sie erhalten dies, weil Sie {host} betreiben.',
  'mail.no_answer': 'Diese Nachricht wurde automatisch gesendet; Antworten werden nicht gelesen.',
};
