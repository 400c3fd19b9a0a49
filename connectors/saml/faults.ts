import { ConnectorError } from '../connector.ts';
import { Refusal } from './verify/index.ts';

/** What the verifier refused, as the seam says it; anything else as it is. */
export function as_connector_error(fault: unknown): unknown {
  if (!(fault instanceof Refusal)) return fault;
  const { reason, message, fix, seconds } = fault;
  return new ConnectorError(reason, message, {
    cause: fault,
    ...(fix !== undefined && { fix }),
    ...(seconds !== undefined && { seconds }),
  });
}
