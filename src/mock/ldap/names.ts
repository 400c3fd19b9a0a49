/** The same text for every spelling of a name that this directory makes; empty for one that it cannot read. */
export function name_key(dn: string): string {
  return split_name(dn)
    .map((part) => {
      const [type = '', ...rest] = part.split('=');
      return `${type.trim().toLowerCase()}=${unescape(rest.join('=').trim()).toLowerCase()}`;
    })
    .join('\n');
}

/** Whether `dn` lies under `base`, or is it. */
export function lies_under(dn: string, base: string): boolean {
  const [inner, outer] = [name_key(dn), name_key(base)];
  return outer === '' || inner === outer || inner.endsWith(`\n${outer}`);
}

function split_name(dn: string): string[] {
  if (dn.trim() === '') return [];
  return dn.match(/(?:\\.|[^,\\])+/gs) ?? [];
}

function unescape(value: string): string {
  const bytes = value.replaceAll(/((?:\\[0-9A-Fa-f]{2})+)/g, (run) => Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'));
  return bytes.replaceAll(/\\(.)/gs, '$1');
}
