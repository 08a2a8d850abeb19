import { buildApi } from '../../apps/api/src/build-api.ts';
import { apiTypes } from '../../apps/console/scripts/api-types.ts';
import { TARGETS } from '../../packages/targets/src/index.ts';

/** The console's types of the API, from the OpenAPI document that the API serves. */
export async function consoleTypes(): Promise<string> {
  const app = await buildApi({ store: {} as never, temporal: undefined, targets: TARGETS, now: () => 0 });
  try {
    await app.ready();
    return await apiTypes(JSON.parse(JSON.stringify(app.swagger())));
  } finally {
    await app.close();
  }
}
