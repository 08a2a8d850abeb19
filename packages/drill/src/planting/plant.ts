import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PLANT_VARIABLE, PLANTED, planted } from './faults.ts';
import { HASTEN_VARIABLE, HASTENED } from './hasten.ts';

/* Loaded before a process of the product: plants what the variables name. The files themselves stay as they are. */
const fault = PLANTED[process.env[PLANT_VARIABLE] ?? ''];
const edits = [...(fault?.edits ?? []), ...(process.env[HASTEN_VARIABLE] === '1' ? HASTENED : [])];
if (edits.length > 0) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const path = url.startsWith('file:') ? fileURLToPath(url) : '';
      const file = edits.find((edit) => path.endsWith(`/${edit.file}`))?.file;
      if (file === undefined || loaded.source === undefined || loaded.source === null) return loaded;
      const source =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString('utf8');
      return { ...loaded, source: planted(edits, file, source) };
    },
  });
}
