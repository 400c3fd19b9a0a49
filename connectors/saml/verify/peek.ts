import { attribute, optional_child, text_of } from '../xml/index.ts';
import { open_message } from './message.ts';
import { ASSERTION, PROTOCOL } from './vocabulary.ts';

/** What a response claims, believed by nobody: for routing only. Same caps as verification; undefined when it is not a readable response. Never throws. */
export function peek_response(message_base64: string): { readonly in_response_to?: string; readonly issuer?: string } | undefined {
  try {
    const { root } = open_message(message_base64);
    if (root.local !== 'Response' || root.namespace !== PROTOCOL) return undefined;
    const in_response_to = attribute(root, 'InResponseTo');
    const issuer = optional_child(root, ASSERTION, 'Issuer');
    return {
      ...(in_response_to === undefined ? {} : { in_response_to }),
      ...(issuer === undefined ? {} : { issuer: text_of(issuer) }),
    };
  } catch {
    return undefined;
  }
}
