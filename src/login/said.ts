import type { Identity } from '../../connectors/connector.ts';

/** What the partner said, for the trace: what is of the person is masked by role, what is `decoded` of the message is not. */
export function said_by({ subject, subject_format, attributes, decoded }: Identity): Record<string, unknown> {
  return {
    subject,
    ...(subject_format !== undefined && { subject_format }),
    attributes,
    ...(decoded !== undefined && { decoded }),
  };
}
