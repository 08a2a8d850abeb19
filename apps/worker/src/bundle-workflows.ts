import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode } from '@temporalio/worker';

/** Workflow code as Temporal runs it. Takes a second; the same bundle serves several workers of one process. */
export function bundleWorkflows(interceptors: readonly string[] = []): Promise<{ code: string }> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(import.meta.resolve('@ledgerpost/workflows')),
    workflowInterceptorModules: [...interceptors],
    // Stack traces name lines of the sources and need no text of them, which would be half of what each worker holds of the bundle.
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
    logger: quiet,
  });
}

/** The same, in a process of its own: the bundler needs some hundred megabytes for a second, which this process would never give back. */
export async function bundleApart(interceptors: readonly string[] = []): Promise<{ code: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), ...interceptors], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: stdout };
}

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error };

if (import.meta.main) process.stdout.write((await bundleWorkflows(process.argv.slice(2))).code);
