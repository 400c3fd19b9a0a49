/** Who may say something of a person, in words. */
export const source_words: Readonly<Record<string, string>> = {
  scim: 'SCIM',
  sync: 'directory sync',
  sign_in: 'sign-ins',
  import: 'imports',
  admin: 'administrators',
};

export const source_choices = Object.entries(source_words).map(([value, label]) => ({ value, label }));

/** What several sources may say of the same person; beside these, `attributes.<name>`. */
export const shared_attributes = ['user_name', 'email', 'given_name', 'family_name', 'display_name', 'active', 'external_id', 'groups'];
