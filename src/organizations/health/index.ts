/** Health: what an organization still lacks, or soon will, as a list that console, set-up and command show alike. */
export { health_schemas, type HealthItem, type HealthView } from './schema.ts';
export { organization_health } from './organization_health.ts';
