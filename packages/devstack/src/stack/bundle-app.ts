/**
 * Puts an app into one file, `dist/main.mjs` in the folder where this is run. The tests start dozens of APIs and workers: each reads one
 * file instead of some 1,500, which takes a third of the processor time. People's own installations run the sources.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

const folder = process.cwd();
// The code looks for migrations, the console and workflow code beside its own source, and no part of the bundle is a program by itself.
const ownAddresses: Plugin = {
  name: 'ledgerpost-own-addresses',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.ts') && code.includes('import.meta.')
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)).replaceAll('import.meta.main', 'false')
      : null,
};

await build({
  root: folder,
  configFile: false,
  logLevel: 'warn',
  plugins: [ownAddresses],
  // The pages of the API's reference are megabytes, and what Temporal and OpenTelemetry load they find by their own folders.
  ssr: { target: 'node', noExternal: true, external: ['@scalar/fastify-api-reference', 'pino', 'thread-stream'] },
  build: {
    ssr: join(folder, 'src/main.ts'),
    outDir: join(folder, 'dist'),
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: [/^@temporalio\//, /^@opentelemetry\//, /^@grpc\//, /^@swc\//],
      output: { entryFileNames: 'main.mjs', format: 'es', codeSplitting: false },
    },
  },
});
