import type { MailMessages } from './en.ts';

export const fr: MailMessages = {
  'certificate_ending.title': 'Le certificat de {connection} expire dans {days, plural, one {# jour} other {# jours}}',
  'certificate_ending.lead':
    'Le certificat avec lequel {organization} signe ses connexions expire le {date}. Si rien n’est fait, plus personne de {organization} ne pourra se connecter ensuite.',
  'certificate_ending.do':
    'Créez un nouveau certificat chez votre fournisseur d’identité et transmettez-le-nous à côté de l’ancien avant de basculer.',
  'certificate_ending.metadata':
    'Si nous lisons vos métadonnées à leur adresse, publiez-y le nouveau certificat : il est repris automatiquement.',
  'certificate_ending.next':
    'Un autre certificat est connu, valable jusqu’au {date} : si votre fournisseur d’identité signe avec lui d’ici là, il n’y a plus rien à faire.',
  'certificate_ended.title': 'Le certificat de {connection} a expiré',
  'certificate_ended.lead':
    'Le certificat avec lequel {organization} signait ses connexions a expiré le {date}. Les connexions signées avec lui sont refusées.',
  'own_key_published.title': 'Notre clé pour {connection} va être renouvelée',
  'own_key_published.lead':
    'La clé avec laquelle nous signons les demandes à {organization} est renouvelée. Le prochain certificat figure dès maintenant dans nos métadonnées ; nous l’utilisons à partir du {date}.',
  'own_key_ending.title': 'Notre certificat pour {connection} expire dans {days, plural, one {# jour} other {# jours}}',
  'own_key_ending.lead': 'Le certificat de notre côté pour {organization} expire le {date}.',
  'own_key.do': 'Si votre fournisseur d’identité lit nos métadonnées de lui-même, il n’y a rien à faire.',
  'own_key.by_hand': 'Sinon, redonnez-lui nos métadonnées, ou saisissez le nouveau certificat à côté de l’ancien, avant ce jour.',
  'scim_silent.title': '{organization} n’a envoyé aucun changement de personnes depuis {days, plural, one {# jour} other {# jours}}',
  'scim_silent.lead':
    'L’annuaire qui provisionne les personnes de {organization} envoyait des changements. La dernière requête date du {date}. Les personnes qui partent entre-temps ne sont pas désactivées.',
  'scim_silent.do': 'Vérifiez si le provisionnement a été mis en pause dans l’annuaire, ou s’est arrêté après des échecs, et relancez-le.',
  'scim_silent.unwanted': 'Si le provisionnement a été arrêté volontairement, supprimez son jeton.',
  'sync_stopped.title': 'La lecture de l’annuaire de {organization} a été arrêtée',
  'sync_stopped.lead':
    'Il manque tant de personnes dans l’annuaire derrière {connection} que personne n’a été désactivé : cela ressemble à une erreur dans l’annuaire ou dans un filtre.',
  'sync_stopped.do': 'Comparez l’annuaire, la base et le filtre avec ce que vous attendez, puis relancez la lecture.',
  'setup_finished.title': '{organization} a terminé sa configuration',
  'setup_finished.lead': 'Une personne de {organization} a suivi le lien de configuration jusqu’au bout.',
  'setup_finished.do': 'Regardez la connexion et activez-la si cela vous a été laissé.',
  'event_hook_disabled.title': 'Un hook d’événements a été désactivé',
  'event_hook_disabled.lead': 'Le point d’accès ci-dessous n’apprend plus ce qui se passe : {reason}.',
  'event_hook_disabled.do':
    'Supprimez le hook, ou réparez le point d’accès et réactivez le hook. Ce qui a été manqué peut être renvoyé depuis ses livraisons.',
  'test.title': 'Un test du courrier de {host}',
  'test.lead': 'Les avis de {host} arrivent à cette adresse.',
  'fact.organization': 'Organisation',
  'fact.connection': 'Connexion',
  'fact.certificate': 'Certificat',
  'fact.sha256': 'SHA-256',
  'fact.ends': 'Valable jusqu’au',
  'fact.metadata': 'Nos métadonnées',
  'fact.token': 'Jeton',
  'fact.last_request': 'Dernière requête',
  'fact.endpoint': 'Point d’accès',
  'fact.server': 'Serveur',
  'mail.to_do': 'Que faire',
  'mail.why_contact':
    'Vous recevez ceci en tant que contact de {organization} chez {host}. La personne qui s’occupe de la connexion peut changer cela.',
  'mail.why_operator': 'Vous recevez ceci parce que vous exploitez {host}.',
  'mail.no_answer': 'Ce message a été envoyé automatiquement ; les réponses ne sont pas lues.',
};
