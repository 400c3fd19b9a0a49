import type { ServerResponse } from 'node:http';
import { send_sign_in_page, send_words } from '../sign_in_page.ts';

export const PARTNER = 'Mock OpenID provider';

export const send_sign_in = (
  response: ServerResponse,
  state: string,
  { client_id, ...about }: { client_id: string; username?: string | undefined; problem?: string | undefined },
): void => send_sign_in_page(response, state, { ...about, partner: PARTNER, to: client_id });

export const send_message_page = (response: ServerResponse, status: number, title: string, text: string): void =>
  send_words(response, status, PARTNER, title, text);
