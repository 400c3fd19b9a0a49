import { attribute, type Element, only_child, optional_child, text_of } from '../xml/index.ts';
import { Refusal } from './refusal.ts';
import { PROTOCOL } from './vocabulary.ts';

export interface Status {
  readonly status: string;
  readonly second: string | undefined;
  readonly message: string | undefined;
}

const MAX_STATUS_MESSAGE = 500;

/** The status of a response. @throws Refusal, XmlFault */
export function read_status(response: Element): Status {
  const status = only_child(response, PROTOCOL, 'Status');
  const code = only_child(status, PROTOCOL, 'StatusCode');
  const value = attribute(code, 'Value');
  if (value === undefined || value === '') throw new Refusal('malformed', 'the status of the response has no value');
  const second = optional_child(code, PROTOCOL, 'StatusCode');
  const message = optional_child(status, PROTOCOL, 'StatusMessage');
  return {
    status: value,
    second: second === undefined ? undefined : attribute(second, 'Value'),
    message: message === undefined ? undefined : text_of(message).slice(0, MAX_STATUS_MESSAGE),
  };
}
