/** The filter of a list of people (RFC 7644 section 3.4.2.2) for what somebody typed; what is typed is a value, never part of the filter. */
export function filter_of({
  q,
  active,
}: {
  readonly q?: string | undefined;
  readonly active?: 'yes' | 'no' | undefined;
}): string | undefined {
  const value = JSON.stringify(q ?? '');
  const parts = [
    ...(q === undefined
      ? []
      : [`(${['user_name', 'email', 'display_name', 'given_name', 'family_name'].map((name) => `${name} sw ${value}`).join(' or ')})`]),
    ...(active === undefined ? [] : [`active eq ${active === 'yes'}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}
