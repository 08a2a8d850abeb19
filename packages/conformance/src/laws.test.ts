import { describe, expect, it } from 'vitest';
import { waiverLines, waivers } from './conform.ts';
import { type Law, tryLaw } from './law.ts';
import { BREAKERS as chart } from './laws/broken/chart.testing.ts';
import { BREAKERS as context } from './laws/broken/context.testing.ts';
import { BREAKERS as documents } from './laws/broken/documents.testing.ts';
import { BREAKERS as ofFiles } from './laws/broken/files.testing.ts';
import { BREAKERS as identity } from './laws/broken/identity.testing.ts';
import { BREAKERS as links } from './laws/broken/links.testing.ts';
import { BREAKERS as names } from './laws/broken/names.testing.ts';
import { BREAKERS as pending } from './laws/broken/pending.testing.ts';
import { BREAKERS as places } from './laws/broken/places.testing.ts';
import { BREAKERS as push } from './laws/broken/push.testing.ts';
import { BREAKERS as readback } from './laws/broken/readback.testing.ts';
import { BREAKERS as secrets } from './laws/broken/secrets.testing.ts';
import { type Breakers, files, pushTarget } from './laws/broken/targets.testing.ts';
import { BREAKERS as trouble } from './laws/broken/trouble.testing.ts';
import { BREAKERS as undo } from './laws/broken/undo.testing.ts';
import { LAWS, lawsFor } from './laws.ts';
import { subjectOf } from './subject.ts';

const BREAKERS: Breakers = {
  ...chart,
  ...context,
  ...documents,
  ...ofFiles,
  ...identity,
  ...links,
  ...names,
  ...pending,
  ...places,
  ...push,
  ...readback,
  ...secrets,
  ...trouble,
  ...undo,
};

describe.each(LAWS.map((law) => [law.id, law] as const))('the law %s', (id, law) => {
  it('holds for a sound target', async () => {
    const { target, given } = pushTarget();
    const sound = law.applies(target) ? target : files;
    await tryLaw(law, subjectOf(sound, given));
  }, 300_000);

  it('is tested with a broken target', () => expect(BREAKERS[id]?.length).toBeGreaterThan(0));

  it.each(BREAKERS[id] ?? [])(
    'catches $how',
    async ({ on, change }) => {
      const { target, given, books } = pushTarget();
      const broken = change(on === 'files' ? files : target, books);
      expect(law.applies(broken)).toBe(true);
      // The settings come from the sound target: refused settings are not what is tested here.
      const subject = { ...subjectOf(on === 'files' ? files : target, given), target: broken };
      const complaint = await (async () => tryLaw(law, subject))().catch((error: unknown) => error);
      // A law fails with an Error of its own; a TypeError would be a fault of the law.
      expect(complaint).toBeInstanceOf(Error);
      expect((complaint as Error).name).toBe('Error');
    },
    20_000,
  );
});

describe('a law that checks nothing', () => {
  /** These check the target itself, not the results of documents. */
  const OF_ITSELF = new Set(
    LAWS.slice(
      0,
      LAWS.findIndex(({ id }) => id === 'validate-is-pure'),
    )
      .map(({ id }) => id)
      .concat('empty-batch-has-files', 'files-come-with-instructions', 'readback-by-hand-is-explained'),
  );
  /** These have documents of their own. */
  const OF_THE_KIT = new Set(['validate-bears-anything', 'instructions-name-the-document']);
  const others = LAWS.filter(({ id }) => !OF_ITSELF.has(id) && !OF_THE_KIT.has(id));

  it.each(others.map((law) => [law.id, law] as const))('fails with that reason: %s', async (_, law) => {
    const { target, given } = pushTarget();
    const on = law.applies(target) ? target : files;
    const trial = tryLaw(law, subjectOf(on, { ...given, documents: () => [] }));
    await expect(trial).rejects.toThrow(/checked nothing|no document|No document|fewer than two|no [a-z.]+ with its insert/);
  });

  it('fails for a target without stages, too', async () => {
    const { given } = pushTarget();
    const none = { ...files, stages: [] };
    await expect(tryLaw(law('export-is-pure'), subjectOf(none, given))).rejects.toThrow('waive export-is-pure');
  });

  it.each([
    'count',
    'look',
    'edit',
    'trouble',
    'refused',
    'reason',
    'stranger',
    'reallocate',
    'supportIds',
    'maxPerRequest',
    'stall',
    'expireKeys',
  ] as const)('names the member that it needs: `%s`', async (member) => {
    const { target, given } = pushTarget();
    const complaints: string[] = [];
    for (const one of lawsFor(target)) {
      await tryLaw(one, subjectOf(target, { ...given, [member]: undefined as never })).catch((error) =>
        complaints.push(String(error)),
      );
    }
    expect(complaints.join()).toContain(`the member \`${member}\`. See`);
  });
});

describe('the laws that apply', () => {
  it('depend on what the target can do', () => {
    const ofFiles = lawsFor(files).map((law) => law.id);
    const ofPush = lawsFor(pushTarget().target).map((law) => law.id);
    expect(ofFiles).toContain('files-are-byte-stable');
    expect(ofFiles).not.toContain('same-call-posts-once');
    expect(ofPush).toContain('same-call-posts-once');
    expect(ofPush).not.toContain('instructions-name-the-document');
    expect(new Set([...ofFiles, ...ofPush]).size).toBe(LAWS.length);
  });

  it('have ids and sentences of their own', () => {
    expect(new Set(LAWS.map((law) => law.id)).size).toBe(LAWS.length);
    expect(new Set(LAWS.map((law) => law.sentence)).size).toBe(LAWS.length);
  });
});

describe('a waiver', () => {
  const given = pushTarget().given;
  const waive = (law: string, reason: string) => () => waivers(files, { ...given, waive: [{ law, reason }] });

  it('needs a reason', () => expect(waive('files-are-byte-stable', ' ')).toThrow('without a reason'));
  it('needs a law that applies', () =>
    expect(waive('same-call-posts-once', 'It has no calls at all.')).toThrow('not a law of lines'));
  it('counts with both', () =>
    expect([...waive('files-are-byte-stable', 'The format holds a clock.')().keys()]).toEqual(['files-are-byte-stable']));
  it('is printed with its reason', () =>
    expect(waiverLines(files, waive('files-are-byte-stable', 'The format holds a clock.')())).toEqual([
      'Waived by lines: files-are-byte-stable. The format holds a clock.',
    ]));
});

function law(id: string): Law {
  return LAWS.find((one) => one.id === id)!;
}
