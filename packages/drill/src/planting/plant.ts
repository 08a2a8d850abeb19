import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PLANT_VARIABLE, PLANTED, planted } from './faults.ts';

/* Loaded before a process of the product: plants the fault that the variable names. The files themselves stay as they are. */
const fault = PLANTED[process.env[PLANT_VARIABLE] ?? ''];
if (fault !== undefined) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const path = url.startsWith('file:') ? fileURLToPath(url) : '';
      const file = fault.edits.find((edit) => path.endsWith(`/${edit.file}`))?.file;
      if (file === undefined || loaded.source === undefined || loaded.source === null) return loaded;
      const source =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString('utf8');
      return { ...loaded, source: planted(fault, file, source) };
    },
  });
}
