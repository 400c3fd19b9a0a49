import openapiTS, { astToString } from 'openapi-typescript';
import { openapi_document } from '../src/admin/openapi.ts';
import { api_routes } from '../src/admin/routes.ts';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses: Readonly<Record<string, unknown>> }>>>>;
}

/** The types that the console is written with: made from the OpenAPI document, so that the console knows nothing that the API does not say. */
export async function console_types(): Promise<string> {
  const document = JSON.parse(openapi_document(api_routes(nothing()), 'http://localhost:4400')) as Document; // written by us
  // every refusal is a problem of the same shape, whatever was asked
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path)))
    operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status.startsWith('2')));
  const types = astToString(await openapiTS(JSON.stringify(document), { defaultNonNullable: false, alphabetize: true }));
  return `/** Made from the OpenAPI document by \`npm run docs\`. */\n\n${types}`;
}

/** Stands for every room: routes are only described here, none is ever asked. */
function nothing(): Parameters<typeof api_routes>[0] {
  const stand_in: unknown = new Proxy(() => stand_in, { get: () => stand_in });
  return stand_in as Parameters<typeof api_routes>[0]; // has every member that is asked for
}
