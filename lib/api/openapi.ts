import { z } from 'zod';
import { env } from '@/lib/env';
import { errorCatalogue } from '@/lib/errors';
import type { Access } from './contracts/access';
import { problemSchema } from './contracts/problem';
import { routes, type RouteContract } from './contracts/routes';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of every route, made from the same contracts that the routes check. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, contract] of Object.entries<RouteContract>(routes)) {
    (paths[contract.path] ??= {})[contract.method.toLowerCase()] = operationOf(name, contract);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version: env().version,
      description: 'Reads, progress, uploads and downloads. Failures are RFC 9457 problem documents with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output'), ProblemCode: { type: 'string', enum: Object.keys(errorCatalogue) } },
      responses: { Problem: { description: 'What went wrong', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'assay.session_token', description: 'Session cookie of a sign-in; the exact name depends on the address.' } },
    },
  };
}

function operationOf(name: string, contract: RouteContract): Json {
  return {
    operationId: name,
    summary: contract.summary,
    description: whoMayCall(contract.access),
    security: contract.access.scope === 'public' ? [] : [{ session: [] }],
    parameters: [...parametersOf(contract.params, 'path'), ...parametersOf(contract.query, 'query')],
    ...(contract.body ? { requestBody: { required: true, content: contentOf(contract.body, 'input') } } : {}),
    responses: {
      200: { description: 'Done', content: contentOf(contract.response, 'output') },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function whoMayCall(access: Access): string {
  switch (access.scope) {
    case 'public':
      return 'Anyone may call this.';
    case 'user':
      return 'Anyone signed in may call this.';
    case 'admin':
      return 'Administrators may call this.';
    case 'project':
      return `Members of the project with the role ${access.role} or higher may call this, and administrators.`;
  }
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function contentOf(body: z.ZodType | { readonly binary: string }, io: 'input' | 'output'): Json {
  if ('binary' in body) return { [body.binary]: { schema: { type: 'string', format: 'binary' } } };
  return { 'application/json': { schema: schemaOf(body, io) } };
}

/** OpenAPI 3.1 speaks JSON Schema 2020-12, which is what zod writes. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
