import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { problemSchema, type Endpoint } from '../../contract/http/endpoint.ts';

extendZodWithOpenApi(z);

const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

const objectOf = (schema: z.ZodType): z.ZodObject | undefined =>
  schema instanceof z.ZodObject && Object.keys(schema.shape).length > 0 ? schema : undefined;

function roleWords({ access }: Endpoint): string {
  if (access === 'public') return 'Anybody.';
  return access === 'signedIn' ? 'Any role.' : `Roles: ${access.join(', ')}.`;
}

/** The OpenAPI 3.1 document of all endpoints, generated from the schemas that validate the requests. */
export function openApiDocument(endpoints: readonly Endpoint[], publicUrl: string): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: publicUrl.startsWith('https:') ? '__Host-zagon' : 'zagon',
  });
  const problem = { description: 'Refused; see `code`', content: { 'application/problem+json': { schema: problemSchema } } };
  for (const endpoint of endpoints) {
    const params = objectOf(endpoint.params);
    const query = objectOf(endpoint.query);
    const body = objectOf(endpoint.body) ?? (endpoint.body instanceof z.ZodObject ? undefined : endpoint.body);
    registry.registerPath({
      method: endpoint.method,
      path: openApiPath(endpoint.path),
      summary: endpoint.summary,
      description: roleWords(endpoint),
      security: endpoint.access === 'public' ? [] : [{ session: [] }],
      request: {
        ...(params ? { params } : {}),
        ...(query ? { query } : {}),
        ...(body
          ? { body: { content: { [endpoint.bodyKind === 'json' ? 'application/json' : 'multipart/form-data']: { schema: body } } } }
          : {}),
      },
      responses: {
        [endpoint.status]: {
          description: endpoint.summary,
          ...(endpoint.replyKind === 'json' ? { content: { 'application/json': { schema: endpoint.reply } } } : {}),
        },
        default: problem,
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Zagon', version: '1', description: 'Outbound dialer and call scheduler for a B2B prospecting department.' },
    servers: [{ url: publicUrl }],
  });
}
