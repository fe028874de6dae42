import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { useStages } from '../../test/support/case-stage.ts';
import { readSettings } from '../config/read-settings.ts';
import { endpoints } from '../contract/endpoints.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { createLog } from '../log/log.ts';
import { createHttpServer, type HttpServer } from './create-server.ts';

const schemaOf = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() });
const operation = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: schemaOf })).optional() }),
  ),
});

describe('what the pages ask for', () => {
  const stages = useStages();
  let installation: Installation;
  let server: HttpServer;
  let paths: Record<string, Record<string, unknown>>;
  beforeAll(async () => {
    const stage = await stages.open({ scenario: smallScenario(1, ['2026-03-10']) });
    installation = await openInstallation({
      settings: readSettings(stage.installation.environment),
      clock: stage.clock,
      log: createLog('silent'),
      claim: 'shared',
    });
    server = await createHttpServer(installation, { accessToken: 'an-access-token-of-the-test' });
    paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(server.swagger().paths);
  });
  afterAll(async () => {
    await server?.close();
    await installation?.close();
  });

  it.each(Object.entries(endpoints))('%s is served with the same schemas', (name, endpoint) => {
    const [method = '', path = ''] = name.split(' ');
    const served = operation.parse(paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]);
    const document = (schema: z.ZodType, io: 'input' | 'output') =>
      JSON.parse(
        JSON.stringify(z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' })),
      );
    if ('answer' in endpoint) {
      const answer = document(endpoint.answer, 'output');
      delete answer.$schema;
      const success = Object.entries(served.responses).find(([status]) => status.startsWith('2'))?.[1];
      expect(success?.content?.['application/json']?.schema).toEqual(answer);
    }
    const query = 'query' in endpoint ? Object.keys(document(endpoint.query, 'input').properties ?? {}) : [];
    const asked = (served.parameters ?? []).flatMap((one) => (one.in === 'query' ? [one.name] : []));
    expect(new Set(asked)).toEqual(new Set(query));
  });
});
