import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headingsOf } from './headings.ts';
import { writeTarget } from './new-target.ts';
import { root } from './turbo.ts';

const run = promisify(execFile);
const bin = (name: string) => join(root, 'node_modules/.bin', name);
let under: string;

// Inside the project, or its packages would not be found from there; git does not look into the folder.
beforeAll(async () => {
  await mkdir(join(root, '.ledgerpost'), { recursive: true });
  under = await mkdtemp(join(root, '.ledgerpost/new-target-'));
  await copyFile(join(root, 'tsconfig.base.json'), join(under, 'tsconfig.base.json'));
});
afterAll(() => rm(under, { recursive: true, force: true }));

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

describe.each(['files', 'push'] as const)('a new target for %s', (delivery) => {
  let folder: string;
  beforeAll(async () => {
    folder = await writeTarget(under, { id: `my-${delivery}`, delivery });
  });

  it('type-checks, and is in form', async () => {
    await run(bin('tsc'), ['--noEmit', '-p', folder]);
    await run(bin('biome'), ['check', '--write', '--vcs-enabled=false', folder]);
    await run(bin('biome'), ['check', '--error-on-warnings', '--vcs-enabled=false', folder]);
  }, 60_000);

  it('keeps the laws except for unwritten verbs, and shows there what to write and where to read', async () => {
    const report = join(folder, 'report.json');
    await run(bin('vitest'), ['run', '--root', folder, '--reporter=json', `--outputFile=${report}`]).catch(() => {});
    const results = (JSON.parse(await readFile(report, 'utf8')) as Report).testResults.flatMap((file) => file.assertionResults);
    const failed = results.filter(({ status }) => status === 'failed');
    const headings = headingsOf(await readFile(join(root, 'docs/guides/add-a-target.md'), 'utf8'));
    for (const { title, failureMessages } of failed) {
      const [, section] =
        / is not written yet\..* Read docs\/guides\/add-a-target\.md#([a-z-]+)\./.exec(failureMessages.join()) ?? [];
      expect(headings, `${title}: ${failureMessages.join()}`).toContain(section);
    }
    const kept = results.filter(({ status }) => status === 'passed').map(({ title }) => title);
    expect(kept).toContain('its settings are an admin’s form, with secrets marked');
    expect(kept).toContain('it accepts sound documents of every operation that it has a stage for');
    expect(kept.length).toBeGreaterThanOrEqual(9);
    // What fails is what can't hold: a law that looks at nothing would hold for a target that does nothing.
    const of = (verb: string) =>
      failed.filter(({ failureMessages }) => failureMessages.join().includes(`${verb} is not written`));
    expect(of('export').length).toBeGreaterThanOrEqual(3);
    expect(failed.length).toBeGreaterThanOrEqual(delivery === 'files' ? 11 : 20);
  }, 60_000);
});

describe('a new target is refused', () => {
  it('with an id that can’t be one', async () => {
    await expect(writeTarget(under, { id: 'MyBooks', delivery: 'files' })).rejects.toThrow('"MyBooks" is no id: kebab-case');
  });

  it('where there is one already', async () => {
    await writeTarget(under, { id: 'twice', delivery: 'files' });
    await expect(writeTarget(under, { id: 'twice', delivery: 'files' })).rejects.toThrow('is there already');
  });
});
