import { setImmediate } from 'node:timers/promises';
import type { CredentialConnector, DirectoryPerson } from '../../connectors/connector.ts';

/** Somebody in a directory, and the groups that they are in. */
export interface Entry {
  readonly name: string;
  readonly groups: readonly string[];
}

const PAGE = 20;

const told = ({ name, groups }: Entry): DirectoryPerson => ({
  ...{ subject: `subject-of-${name}`, active: true },
  attributes: { uid: [name], mail: [`${name}@acme.example`], givenName: [name], groups },
});

/** A directory that has just these entries: what is read of it does not depend on any server. */
export const directory_of = (entries: readonly Entry[]): CredentialConnector => ({
  kind: 'credential',
  verify: () => Promise.reject(new Error('nobody signs in here')),
  preflight: () => Promise.reject(new Error('nobody tests it')),
  directory: {
    async *people({ signal }) {
      for (let first = 0; first < entries.length; first += PAGE) {
        await setImmediate();
        signal.throwIfAborted();
        yield entries.slice(first, first + PAGE).map(told);
      }
    },
  },
});
