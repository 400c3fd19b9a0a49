import type { Browser, Page } from './browser.ts';

/** Walks from any page of a sign-in to the app's door as this person: our identifier page, the partner's form, our password page, forms that only need to be sent on. */
export async function sign_in(
  browser: Browser,
  page: Page,
  person: { readonly username: string; readonly password: string; readonly identifier?: string },
): Promise<Page> {
  let current = page;
  for (let step = 0; step < 8 && current.status < 299; step++) {
    const form = current.forms.find((candidate) => candidate.method === 'POST') ?? current.forms[0];
    if (form === undefined) return current;
    const asks_password = Object.keys(form.fields).includes('password');
    const asks_identifier = Object.keys(form.fields).includes('identifier');
    const fields = asks_password
      ? { username: person.username, password: person.password }
      : asks_identifier
        ? { identifier: person.identifier ?? person.username }
        : {};
    current = await browser.submit(current, fields, (candidate) => candidate === form);
  }
  return current;
}
