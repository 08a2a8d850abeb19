import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { preferPort, type Service, startPostgres, startService } from '@ledgerpost/devstack';
import { Connection } from '@temporalio/client';

/* Temporal as it runs in production: the server itself, several nodes of it, with what it keeps in Postgres. */

const run = promisify(execFile);
const FOLDER = process.env.LEDGERPOST_TEMPORAL_SERVER ?? '';
/** Named as in releases, or as by `go install`. */
const PROGRAMS = { server: ['temporal-server', 'server'], sqlTool: ['temporal-sql-tool', 'sql'] } as const;

/** Why a cluster can't be started here; undefined if it can. */
export const noTemporalServer: string | undefined =
  FOLDER === ''
    ? 'LEDGERPOST_TEMPORAL_SERVER does not name a folder with temporal-server and temporal-sql-tool (see docs/guides/production.md)'
    : Object.values(PROGRAMS)
        .filter((names) => names.every((name) => !existsSync(join(FOLDER, name))))
        .map((names) => `there is no ${names[0]} in ${FOLDER}`)[0];

const programOf = (which: keyof typeof PROGRAMS) =>
  PROGRAMS[which].map((name) => join(FOLDER, name)).find((path) => existsSync(path))!;

export interface TemporalCluster {
  /** The address of each node's frontend. */
  readonly addresses: readonly string[];
  /** SIGKILL to one node, which is not restarted. */
  killNode(which: number): Promise<void>;
  stop(): Promise<void>;
}

const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const;

/** Starts nodes that share one Postgres, each with all four services. Resolves when each serves `default`. */
export async function startTemporalCluster(nodes: number): Promise<TemporalCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-temporal-'));
  const postgres = await startPostgres();
  const { username, password } = new URL(postgres.url);
  const tool = (database: string, ...args: string[]) =>
    run(programOf('sqlTool'), [
      ...['--plugin', 'postgres12', '--ep', '127.0.0.1', '-p', String(postgres.port)],
      ...['-u', username, '--pw', password, '--db', database, ...args],
    ]);
  for (const [database, schema] of [
    ['temporal', 'temporal'],
    ['temporal_visibility', 'visibility'],
  ] as const) {
    await tool(database, 'create-database');
    await tool(database, 'setup-schema', '-v', '0.0');
    await tool(database, 'update-schema', '--schema-name', `postgresql/v12/${schema}`);
  }
  // Below the range of outgoing connections: a node opens many of them before it listens on its own port.
  let port = 20_000 + (process.pid % 500) * 20;
  const running: { readonly address: string; readonly service: Service }[] = [];
  for (let n = 0; n < nodes; n++) {
    const root = join(folder, `node-${n}`);
    await mkdir(join(root, 'config'), { recursive: true });
    await writeFile(join(root, 'config/dynamic.yaml'), '');
    const ports = new Map<string, number>();
    for (const service of SERVICES) {
      ports.set(service, await preferPort(port++));
      ports.set(`${service}/membership`, await preferPort(port++));
    }
    const first = running[0]?.address ?? `127.0.0.1:${ports.get('frontend')}`;
    // JSON is YAML.
    await writeFile(
      join(root, 'config/node.yaml'),
      JSON.stringify(configOf(postgres.port, username, password, ports, first, root)),
    );
    const service = await startService({
      name: `Temporal node ${n}`,
      command: programOf('server'),
      args: ['--root', root, '--config', 'config', '--env', 'node', 'start', ...SERVICES.flatMap((name) => ['--service', name])],
      stopSignal: 'SIGTERM',
      graceMs: 15_000,
    });
    running.push({ address: `127.0.0.1:${ports.get('frontend')}`, service });
  }
  const stop = async () => {
    for (const { service } of running) await service.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const node of running) await untilServing(node);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    addresses: running.map(({ address }) => address),
    async killNode(which) {
      const { service } = running[which]!;
      process.kill(service.pid, 'SIGKILL');
      await service.ended;
    },
    stop,
  };
}

function configOf(
  port: number,
  user: string,
  password: string,
  ports: ReadonlyMap<string, number>,
  rpcAddress: string,
  root: string,
): object {
  const store = (databaseName: string) => ({
    sql: {
      ...{ pluginName: 'postgres12', databaseName, connectAddr: `127.0.0.1:${port}`, connectProtocol: 'tcp' },
      ...{ user, password, maxConns: 10, maxIdleConns: 10, maxConnLifetime: '1h' },
    },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { default: store('temporal'), visibility: store('temporal_visibility') },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      SERVICES.map((service) => [
        service,
        { rpc: { grpcPort: ports.get(service), membershipPort: ports.get(`${service}/membership`), bindOnLocalHost: true } },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: { active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress } },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: join(root, 'config/dynamic.yaml'), pollInterval: '10s' },
  };
}

const ALREADY_THERE = 6;

async function untilServing({ address, service }: { readonly address: string; readonly service: Service }): Promise<void> {
  let last: unknown;
  for (const deadline = Date.now() + 120_000; service.isRunning() && Date.now() < deadline; ) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      try {
        await connection.workflowService
          .registerNamespace({ namespace: 'default', workflowExecutionRetentionPeriod: { seconds: 86_400 as never } })
          .catch((error: { code?: number }) => {
            if (error.code !== ALREADY_THERE) throw error;
          });
        await connection.workflowService.listWorkflowExecutions({ namespace: 'default', pageSize: 1 });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error(`${service.name} did not start. Its output:\n${service.lastWords()}`, { cause: last });
}
