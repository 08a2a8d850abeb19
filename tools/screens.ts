/** `npm run screens`: makes the pictures of docs/screens, the same to the byte as long as the screens are the same. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { viewOf } from '../apps/api/src/routes/targets/targets.ts';
import { makeScreens } from '../apps/console/scripts/screens.ts';
import { TARGETS } from '../packages/targets/src/index.ts';

const root = join(import.meta.dirname, '..');
const built = spawnSync(process.execPath, [join(root, 'apps/console/scripts/build.ts')], { stdio: 'inherit' });
if (built.status !== 0) throw new Error('The console could not be built.');
// The forms of settings are the real ones, from the targets themselves.
const targets = TARGETS.map((target) => viewOf(target) as Parameters<typeof makeScreens>[2][number]);
await makeScreens(join(root, 'docs/screens'), join(root, 'apps/console/dist'), targets);
console.log('The pictures are in docs/screens.');
