/** Kernel: ids, errors and their words, clock, secrets, e-mail addresses, distinguished names, the scope of access. Owns no state and imports no room. Every room may import it. */
export * from './access.ts';
export * from './clock.ts';
export * from './console_client.ts';
export * from './distinguished_name.ts';
export * from './email.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './nesting.ts';
export * from './secret_names.ts';
export * from './secrets.ts';
export * from './words_of.ts';
