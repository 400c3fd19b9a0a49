export * from './gateway.ts';
export * from './organization.ts';
