export * from './console.ts';
export * from './gateway.ts';
export * from './organization.ts';
