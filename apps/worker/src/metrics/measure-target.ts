import type { AnyTarget, TargetContext } from '@ledgerpost/core';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { limiterWait, targetCallDuration, targetPauses } from './metrics.ts';

/** The same context, with metrics of every call to the target and every wait for a permit, and traces of the calls. */
export function measureTarget({ id: target }: AnyTarget, context: TargetContext): TargetContext {
  return {
    ...context,
    fetch(input, init) {
      const request = new URL(input instanceof Request ? input.url : input);
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
      // Without the query, which may hold what a span may not.
      const name = `${target} ${method} ${request.pathname.slice(request.pathname.lastIndexOf('/') + 1)}`;
      const attributes = { 'http.request.method': method, 'server.address': request.host };
      return trace.getTracer('ledgerpost').startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
        const end = targetCallDuration.startTimer({ target });
        try {
          const response = await context.fetch(input, init);
          end({ answer: answerOf(response.status) });
          span.setAttribute('http.response.status_code', response.status);
          return response;
        } catch (error) {
          end({ answer: 'none' });
          span.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer' });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    async permit(bucket) {
      const end = limiterWait.startTimer({ target, bucket });
      try {
        return await context.permit(bucket);
      } finally {
        end();
      }
    },
    pause(ms) {
      targetPauses.inc({ target });
      return context.pause(ms);
    },
  };
}

/** Only a few values, so that dashboards stay readable: those for which ops act differently. */
function answerOf(status: number): string {
  if (status === 401 || status === 429) return `${status}`;
  return `${String(status)[0]}xx`;
}
