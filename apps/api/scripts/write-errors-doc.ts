import { writeFile } from 'node:fs/promises';
import { errorsDoc } from '../src/http/errors-doc.ts';

await writeFile(new URL('../../../docs/errors.md', import.meta.url), errorsDoc());
