/** Names whose value is a secret, whatever comes before: `password`, `bind_password`, `clientSecret`, `tokens`, `Set-Cookie`. */
const LAST_WORD = /(?:^|_)(?:password|passwd|passphrase|secret|token|credential|assertion|cookie|authorization|recovery_code)s?$/;
/** Keys are a matter of which: public ones are worth writing down. */
const KEY = /^(?:key|k)$|(?:^|_)(?:private|api|admin|secret|sealing|symmetric)_(?:key|jwk|pem)s?(?:_pem)?$|^sealed_|_(?:hash|digest)$/;

/** Whether a value under this name must not be written down: not in the record, not in a log. */
export function is_secret_name(name: string): boolean {
  if (name.length > 200) return true; // not one of ours
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  return LAST_WORD.test(words) || KEY.test(words);
}
