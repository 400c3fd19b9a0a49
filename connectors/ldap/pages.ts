import { ConnectorError } from '../connector.ts';
import type { Entry } from './entry.ts';
import { fault_of, SUCCESS } from './failure.ts';
import type { Search, Session, Wait } from './session.ts';

/** Below the limits of usual servers (500 on OpenLDAP, 1000 on Active Directory). */
const PAGE = 400;
/** A server that keeps answering nothing and promising more. */
const MOST_EMPTY = 50;

/** Everything that a search finds, page by page. A page may be empty and still not be the last (RFC 2696 section 3). @throws ConnectorError rather than ending early */
export async function* pages(
  session: Session,
  wait: Wait,
  search: Omit<Search, 'page' | 'size_limit'>,
  while_doing: string,
): AsyncGenerator<readonly Entry[]> {
  let cookie: Buffer | undefined;
  let empty = 0;
  do {
    const found = await session.search({ ...search, page: { size: PAGE, cookie } }, wait);
    if (found.result.code !== SUCCESS) throw fault_of(found.result, while_doing);
    if (found.entries.length > 0) yield found.entries;
    empty = found.entries.length > 0 ? 0 : empty + 1;
    if (empty > MOST_EMPTY) throw new ConnectorError('malformed', `${while_doing}: the directory promises more pages and sends none`);
    cookie = found.cookie;
  } while (cookie !== undefined);
}
