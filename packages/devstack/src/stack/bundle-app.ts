/**
 * `node bundle-app.ts FOLDER FILE [EDITS]`: puts the app of a folder into one file beside its sources, so that its packages are found as
 * they are from these. EDITS is JSON; the sources themselves stay as they are.
 */
import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { projectRoot } from '../project.ts';
import { type Edit, edited } from './edits.ts';

const [folder, file, changes = '[]'] = process.argv.slice(2);
if (folder === undefined || file === undefined) throw new Error('Usage: node bundle-app.ts FOLDER FILE [EDITS]');
const edits = JSON.parse(changes) as readonly Edit[];

const edit: Plugin = {
  name: 'ledgerpost-edits',
  enforce: 'pre',
  transform: (code, id) => (id.startsWith(projectRoot) ? edited(edits, id.slice(projectRoot.length + 1), code) : null),
};

// The code looks for migrations, the console and workflow code beside its own source, and no part of the bundle is a program by itself.
const ownAddresses: Plugin = {
  name: 'ledgerpost-own-addresses',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.ts') && code.includes('import.meta.')
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)).replaceAll('import.meta.main', 'false')
      : null,
};

/** Targets are loaded by the names of their packages. Here they belong to the bundle, so that both have the same classes of errors. */
const targets: Plugin = {
  name: 'ledgerpost-targets',
  enforce: 'pre',
  async transform(code, id) {
    if (!id.endsWith('/packages/targets/src/installed.ts')) return null;
    const { dependencies } = JSON.parse(await readFile(join(dirname(id), '../package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const loads = Object.keys(dependencies).map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(name)})`);
    const bundled = code.replace('(name) => import(name)', `(name) => ({ ${loads.join(', ')} })[name]()`);
    if (bundled === code) throw new Error(`${id} loads targets in another way than bundle-app.ts knows.`);
    return bundled;
  },
};

const draft = join(dirname(file), `.draft-${process.pid}`);
await build({
  root: folder,
  configFile: false,
  logLevel: 'warn',
  plugins: [edit, ownAddresses, targets],
  // Ours, and drizzle's 100 files. Other packages stay as they are published: not all of them bear to be put together.
  ssr: { target: 'node', noExternal: [/^@ledgerpost\//, 'drizzle-orm'] },
  build: {
    ssr: join(folder, 'src/main.ts'),
    outDir: draft,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: basename(file), format: 'es', codeSplitting: false },
    },
  },
});
// Whole, or not there: another process may be about to start it.
await rename(join(draft, basename(file)), file);
await rm(draft, { recursive: true, force: true });
