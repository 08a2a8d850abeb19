import type { AnyTarget } from '@ledgerpost/core';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everyKey } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers, operation } from '../../views/views.ts';
import { hasNames, installedTarget } from '../look-ups.ts';

const targetView = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    stages: z.array(z.object({ id: z.string(), name: z.string(), operations: z.array(operation) })),
    capabilities: z.object({
      access: z.enum(['settings', 'oauth']),
      chart: z.enum(['discovered', 'declared']),
      delivery: z.enum(['push', 'files']),
      undo: z.enum(['target', 'hand']),
      drift: z.boolean().describe('Whether the target reports changes in the books'),
      matching: z.boolean().describe('Whether customers, products and services are linked to ids in the books'),
    }),
    instructions: z.string().optional().describe('What a person does with the files, at a target of files'),
    undoInstructions: z.string().optional().describe('What a person does to undo a batch, where the target can’t do it'),
    settings: z
      .unknown()
      .describe(
        'JSON Schema of the settings, the admin’s form. Secrets have `secret: true`. The console leaves out what has `forOperators: true`',
      ),
  })
  .meta({ id: 'Target' });

/** The installed targets, and what each can do. */
export function targetRoutes(app: App, { targets }: RouteDeps): void {
  app.get(
    '/v1/targets',
    {
      config: { access: everyKey },
      schema: {
        tags: ['targets'],
        summary: 'The installed targets',
        response: { 200: z.object({ rows: z.array(targetView) }), ...errorAnswers },
      },
    },
    async () => ({ rows: targets.map(viewOf) }),
  );
  app.get(
    '/v1/targets/:target',
    {
      config: { access: everyKey },
      schema: {
        tags: ['targets'],
        summary: 'One target: stages, capabilities, and the form of its settings',
        params: z.strictObject({ target: z.string() }),
        response: { 200: targetView, ...errorAnswers },
      },
    },
    async (request) => viewOf(installedTarget(targets, request.params.target)),
  );
}

/** A target as the API shows it. */
export function viewOf(target: AnyTarget): z.output<typeof targetView> {
  return {
    id: target.id,
    name: target.name,
    description: target.description,
    stages: target.stages.map((stage) => ({ id: stage.id, name: stage.name, operations: [...stage.operations] })),
    capabilities: {
      access: target.access.by,
      chart: target.chart.by,
      delivery: target.delivery.by,
      undo: target.undo.by,
      drift: target.readback.by === 'target' && target.readback.changes !== undefined,
      matching: hasNames(target),
    },
    ...(target.delivery.by === 'files' ? { instructions: target.delivery.instructions } : {}),
    ...(target.undo.by === 'hand' ? { undoInstructions: target.undo.instructions } : {}),
    settings: z.toJSONSchema(target.settings, { io: 'input', unrepresentable: 'any' }),
  };
}
