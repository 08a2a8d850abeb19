import { fileURLToPath } from 'node:url';
import { type Tracer, trace } from '@opentelemetry/api';
import type {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';

type ActivityContext = ConstructorParameters<typeof OpenTelemetryActivityInboundInterceptor>[0];

/** Spans go to a collector, from the API's request through workflow and activity to the call to the target. */
export interface Tracing {
  readonly tracer: Tracer;
  /** For a Temporal client: what it starts and signals belongs to the request that caused it. */
  readonly clientInterceptors: { readonly workflow: OpenTelemetryWorkflowClientInterceptor[] };
  /** For a Temporal worker. Its workflow bundle needs `WORKFLOW_SPANS` among its interceptor modules. */
  readonly worker: {
    readonly interceptors: {
      readonly activity: ((context: ActivityContext) => { inbound: OpenTelemetryActivityInboundInterceptor })[];
    };
    readonly sinks: { readonly exporter: ReturnType<typeof makeWorkflowExporter> };
  };
  /** Sends the remaining spans. Never rejects: a collector that is down must not keep a process from ending. */
  stop(): Promise<void>;
}

/** The module that makes spans in workflow code. */
export const WORKFLOW_SPANS = fileURLToPath(
  import.meta.resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors.js'),
);

/**
 * Traces if the environment names a collector: OpenTelemetry's own OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT), with the
 * rest of its variables. Otherwise nothing is made or even loaded, and spans cost nothing.
 *
 * @param service as traces name the process: `ledgerpost-api`
 */
export async function startTracing(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Tracing | undefined> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT && !env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return undefined;
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { Resource } = await import('@opentelemetry/resources');
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const temporal = await import('@temporalio/interceptors-opentelemetry');
  const resource = new Resource({
    'service.name': env.OTEL_SERVICE_NAME || service,
    ...(env.LEDGERPOST_BUILD ? { 'service.version': env.LEDGERPOST_BUILD } : {}),
  });
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  const tracer = trace.getTracer('ledgerpost');
  return {
    tracer,
    clientInterceptors: { workflow: [new temporal.OpenTelemetryWorkflowClientInterceptor({ tracer })] },
    worker: {
      interceptors: {
        activity: [(context) => ({ inbound: new temporal.OpenTelemetryActivityInboundInterceptor(context, { tracer }) })],
      },
      sinks: { exporter: temporal.makeWorkflowExporter(processor, resource) },
    },
    async stop() {
      await provider.shutdown().catch(() => {});
    },
  };
}
