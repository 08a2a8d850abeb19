import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** src/api/schema.d.ts: what the API's own document says, as types. Nobody writes them by hand. */
export async function apiTypes(document: unknown): Promise<string> {
  const nodes = await openapiTypes(document as OpenAPI3, {
    alphabetize: true,
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
  });
  return `// Made from the API's OpenAPI document by \`npm run docs\`.\n\n${astToString(nodes)}`;
}
