import { posix } from 'node:path';
import { exportedMembers, reexports } from './exported-members.ts';
import type { HouseRule } from './house-rules/rule.ts';
import { STRUCTURE_RULES } from './house-rules/structure.ts';
import { importsOf, isForTests, type ProjectFile, workspacesIn } from './project-files.ts';

/** The imports that each package may have. A package that is not listed may import everything that ships, except apps. */
const MAY_IMPORT: readonly { readonly who: RegExp; readonly ours: readonly RegExp[]; readonly never: readonly RegExp[] }[] = [
  { who: /^core$/, ours: [], never: [/^node:/, /^@temporalio\//] },
  { who: /^workflows$/, ours: [/^core$/], never: [/^node:/, /^zod$/, /^@temporalio\/(?!workflow$|common$)/] },
  { who: /-plugin$/, ours: [/^core$/], never: [/^@temporalio\//, /^postgres$/, /^drizzle-orm/] },
  { who: /^store$/, ours: [/^core$/], never: [/^@temporalio\//] },
  { who: /^batching$/, ours: [/^core$/, /^store$/, /^intake$/], never: [/^@temporalio\//] },
  { who: /^connections$/, ours: [/^core$/, /^store$/], never: [/^@temporalio\//] },
  { who: /^dispatch$/, ours: [/^core$/, /^store$/, /^workflows$/], never: [/^@temporalio\/(?!client$|common$)/] },
  { who: /^targets$/, ours: [/^core$/, /-plugin$/], never: [/^@temporalio\//] },
  { who: /^conformance$/, ours: [/^core$/], never: [/^@temporalio\//] },
  { who: /^intake$/, ours: [/^core$/], never: [/^@temporalio\//, /^postgres$/, /^drizzle-orm/] },
  { who: /^qbo-contact$/, ours: [], never: [/^@temporalio\//, /^postgres$/, /^zod$/] },
  { who: /^cli$/, ours: [/^core$/], never: [/^@temporalio\//, /^postgres$/] },
  { who: /^console$/, ours: [/^core$/], never: [/^node:/, /^@temporalio\//, /^postgres$/, /^zod$/] },
  { who: /^devstack$/, ours: [/^core$/, /^intake$/], never: [] },
  {
    who: /^api$/,
    ours: [/^(core|store|intake|batching|connections|dispatch|targets|telemetry|workflows)$/],
    never: [/^@temporalio\/(worker|activity|workflow|testing)$/],
  },
  { who: /^worker$/, ours: [/^(core|store|batching|connections|dispatch|targets|telemetry|workflows)$/], never: [] },
  { who: /^telemetry$/, ours: [], never: [] },
];

/** The files that compute with money: core’s, and the simulator’s, which must be able to disagree with us. */
const MONEY = /packages\/(core|qbo-simulator)\/src\/(.*\/)?money\.ts$/;

/** Packages for laptops and tests. */
const NEVER_SHIPS = /^@ledgerpost\/(devstack|conformance|qbo-simulator|qbo-contact|e2e|drill|bench)$/;

/** Apps that no worker is, and what they may load as they start. */
const NOT_IN_WORKERS: ReadonlySet<string> = new Set(['api', 'console', 'cli', 'qbo-simulator', 'qbo-contact']);

/** An import of values, of libraries that need some megabytes each and that most workers use now and then, or never. */
const LARGE_IMPORT =
  /^import (?!type\b)[^'";]*from '(exceljs|archiver|intuit-oauth|nodemailer(?:\/[^']*)?|@opentelemetry\/(?!api)[^']*|@temporalio\/interceptors-opentelemetry)'/m;

export const HOUSE_RULES: readonly HouseRule[] = [
  ...STRUCTURE_RULES,
  {
    name: 'every package imports only what it may',
    because: 'the order of the packages keeps core pure, workflows deterministic and targets replaceable',
    instead: 'pass the value in, or move the code to a package that may have it',
    broken: (files) =>
      sources(files).flatMap(({ file, room }) => {
        const rule = MAY_IMPORT.find(({ who }) => who.test(room));
        if (!rule || isForTests(file.path)) return [];
        return importsOf(file)
          .filter(({ from }) => {
            const ours = /^@ledgerpost\/([^/]+)/.exec(from)?.[1];
            if (ours !== undefined) return ours !== room && !rule.ours.some((may) => may.test(ours));
            return rule.never.some((never) => never.test(from));
          })
          .map(({ from }) => `${file.path} imports ${from}`);
      }),
  },
  {
    name: 'only core’s schemas load zod',
    because: 'workflows bundle the rest of core, and zod more than doubles the bundle',
    instead: 'import the type only, or put the code beside schemas.ts, where index.ts does not reach it',
    broken: (files) =>
      sources(files)
        .filter(({ file, room }) => room === 'core' && !isForTests(file.path) && !/\/(schemas|refusals)\.ts$/.test(file.path))
        .filter(({ file }) => importsOf(file).some(({ from, typesOnly }) => from === 'zod' && !typesOnly))
        .map(({ file }) => `${file.path} imports zod`),
  },
  {
    name: 'no worker loads a large library before it needs it',
    because: 'an import of files has to fit beside all that a worker holds, and these took a sixth of its memory as it started',
    instead:
      'import the type only, and load the library where it is used: by `await import(…)`, or by `createRequire` in code that can’t wait',
    broken: (files) =>
      sources(files)
        .filter(({ file, room }) => !isForTests(file.path) && !NOT_IN_WORKERS.has(room))
        .filter(({ file }) => LARGE_IMPORT.test(file.text))
        .map(({ file }) => `${file.path} imports ${LARGE_IMPORT.exec(file.text)![1]}`),
  },
  {
    name: 'nothing that ships depends on a package for tests',
    because: 'a laptop’s servers and the laws have no place in production',
    instead: 'move it to devDependencies, or move the code that needs it to a test',
    broken: (files) =>
      workspacesIn(files)
        .filter(({ name }) => !NEVER_SHIPS.test(name))
        .flatMap(({ folder, dependencies }) =>
          Object.keys(dependencies)
            .filter((name) => NEVER_SHIPS.test(name))
            .map((name) => `${folder} depends on ${name}`),
        ),
  },
  {
    name: 'no app imports another app, and no file reaches into another package',
    because: 'an app is started, not imported; and a package consists of its exports',
    instead: 'export it from the package, or move the shared code to a package',
    broken: (files) =>
      sources(files).flatMap(({ file, folder }) =>
        importsOf(file)
          .filter(
            ({ from }) =>
              /^@ledgerpost\/(api|worker|console)\b/.test(from) || (from.startsWith('.') && !within(file.path, from, folder)),
          )
          .map(({ from }) => `${file.path} imports ${from}`),
      ),
  },
  {
    name: 'relative imports carry the .ts ending',
    because: 'Node runs the sources as they are',
    instead: 'write the whole name of the file',
    broken: (files) =>
      sources(files).flatMap(({ file }) =>
        importsOf(file)
          .filter(({ from }) => from.startsWith('.') && !/\.(tsx?|json|css)$/.test(from))
          .map(({ from }) => `${file.path} imports ${from}`),
      ),
  },
  {
    name: 'time and random numbers are passed in to core',
    because: 'tests run rules at any date, and Temporal replays the clock and the random numbers of workflows',
    instead: 'accept it as an argument',
    broken: (files) =>
      seen(
        sources(files)
          .filter(({ file, room }) => room === 'core' && !isForTests(file.path))
          .map(({ file }) => file),
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.(random|getRandom)/,
      ),
  },
  {
    name: 'only money.ts computes with money',
    because: 'a cent that a floating-point number loses is missing in the books',
    instead: 'use parseMoney, formatMoney, multiply and sum of core',
    broken: (files) =>
      seen(
        sources(files)
          .filter(({ file }) => !isForTests(file.path) && !MONEY.test(file.path))
          .map(({ file }) => file),
        /\bparseFloat\b|\.toFixed\(|\/ 100\b/,
      ),
  },
  {
    name: 'every export has a name',
    because: 'a thing has the same name everywhere',
    instead: 'export it by name; configuration files of tools may have a default export',
    broken: (files) =>
      seen(
        sources(files)
          .map(({ file }) => file)
          .filter(({ path }) => !path.endsWith('.config.ts')),
        /^export default\b/m,
      ),
  },
  {
    name: 'only apps, the command line, devstack and tools read the environment',
    because: 'a package that reads it can’t be tested, or run twice in one process',
    instead: 'accept the value as an argument from the app',
    broken: (files) =>
      seen(
        sources(files)
          .filter(
            ({ file, room, folder }) =>
              !folder.startsWith('apps/') && !/^(cli|devstack|e2e|drill|bench|qbo-contact)$/.test(room) && !isForTests(file.path),
          )
          .map(({ file }) => file),
        /\bprocess\.env\b/,
      ),
  },
  {
    name: 'no test is focused, or skipped without a reason',
    because: 'a test that does not run is worse than none, because people trust it',
    instead: 'remove .only; add the reason in brackets to the title of a skipped test',
    broken: (files) =>
      tests(files).flatMap((file) => [...seen([file], /\b(it|test|describe)\.only\b/), ...skippedWithoutReason(file)]),
  },
  {
    name: 'everything that core and the kit export has a docstring',
    because: 'the author of a target has the docstring and nobody to ask',
    instead: 'write meaning, units, errors and consequence above it, and above each member of an interface',
    broken: (files) =>
      ['core', 'conformance'].flatMap((room) =>
        publicFiles(files, room).flatMap(({ file, names }) =>
          exportedMembers(file.text)
            .filter(({ name, doc }) => doc === undefined && names?.includes(name.split('.')[0]!) !== false)
            .map(({ name, line }) => `${file.path}:${line}: ${name} has no docstring`),
        ),
      ),
  },
  {
    name: 'no file names the machine that it was made on',
    because: 'other people build the project on other machines',
    instead: 'use a path inside the project, or a public name',
    broken: (files) =>
      // Put together here, or this file would name them itself.
      seen(files, new RegExp(`(^|[\\s"'\`(=:])/(${['work', 'root', 'home/[a-z]+', 'tmp/brief'].join('|')})/[\\w.-]`, 'm')).concat(
        files
          .filter(({ path, text }) => path.endsWith('package-lock.json') && text.includes(`"resolved": "${'http'}`))
          .map(({ path }) => `${path} names registry hosts`),
      ),
  },
  {
    name: 'every dependency has its reason in docs/dependencies.md, and every reason has its dependency',
    because: 'anyone who updates or removes one must know its purpose',
    instead: 'add or remove its line: "- `name`: its purpose"',
    broken(files) {
      const explained = new Set(
        [...(textOf(files, 'docs/dependencies.md') ?? '').matchAll(/^- `([^`]+)`/gm)].map(([, name]) => name!),
      );
      const root = JSON.parse(textOf(files, 'package.json') ?? '{}');
      const all = [
        ...workspacesIn(files),
        { dependencies: root.dependencies ?? {}, devDependencies: root.devDependencies ?? {} },
      ];
      const used = new Set(
        all
          .flatMap((one) => [...Object.keys(one.dependencies), ...Object.keys(one.devDependencies)])
          .filter((name) => !name.startsWith('@ledgerpost/')),
      );
      return [
        ...[...used].filter((name) => !explained.has(name)).map((name) => `${name} has no reason`),
        ...[...explained].filter((name) => !used.has(name)).map((name) => `${name} is used nowhere`),
      ];
    },
  },
  {
    name: 'every package has the project’s version, and a README that shows where to start reading',
    because: 'packages are released together, and a reader who opens one folder needs a way in',
    instead: 'set the version of the root’s package.json; write what the package is, what it may import and where to start',
    broken(files) {
      const version = JSON.parse(textOf(files, 'package.json') ?? '{}').version as string | undefined;
      return workspacesIn(files).flatMap(({ folder, ...own }) => [
        ...(version === undefined || own.version === version ? [] : [`${folder} has version ${own.version}, not ${version}`]),
        ...Object.entries({ ...own.dependencies, ...own.devDependencies })
          .filter(([name, wanted]) => version !== undefined && name.startsWith('@ledgerpost/') && wanted !== version)
          .map(([name, wanted]) => `${folder} wants version ${wanted} of ${name}, not ${version}`),
        ...(/^## Where to start reading$/m.test(textOf(files, `${folder}/README.md`) ?? '')
          ? []
          : [`${folder}/README.md has no part "Where to start reading"`]),
      ]);
    },
  },
  {
    name: 'a dependency of several packages has one version',
    because: 'two copies of a library don’t share types and errors',
    instead: 'write the same version everywhere',
    broken(files) {
      const versions = new Map<string, Set<string>>();
      for (const { dependencies, devDependencies } of workspacesIn(files)) {
        for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
          versions.set(name, (versions.get(name) ?? new Set()).add(version));
        }
      }
      return [...versions].filter(([, found]) => found.size > 1).map(([name, found]) => `${name}: ${[...found].join(' and ')}`);
    },
  },
];

/** Every file of a package that its entries export from, and which names; undefined for all. An entry beside the index exports all it has. */
function publicFiles(files: readonly ProjectFile[], room: string) {
  const folder = `packages/${room}`;
  const { exports = {} } = JSON.parse(textOf(files, `${folder}/package.json`) ?? '{}') as { exports?: Record<string, string> };
  return Object.entries({ '.': './src/index.ts', ...exports }).flatMap(([key, entry]) => {
    const path = posix.join(folder, entry);
    const shown = key === '.' ? [] : [{ from: `./${posix.basename(entry)}`, names: undefined }];
    return [...shown, ...reexports(textOf(files, path) ?? '')].flatMap(({ from, names }) => {
      const file = files.find((one) => one.path === posix.join(posix.dirname(path), from));
      return file === undefined ? [] : [{ file, names }];
    });
  });
}

interface Source {
  readonly file: ProjectFile;
  readonly folder: string;
  /** The last part of the folder: core, api. */
  readonly room: string;
}

function sources(files: readonly ProjectFile[]): Source[] {
  return files.flatMap((file) => {
    const [, folder, room] = /^((?:apps|packages)\/([^/]+))\/.*\.tsx?$/.exec(file.path) ?? [];
    return folder === undefined || file.path.endsWith('.d.ts') ? [] : [{ file, folder, room: room! }];
  });
}

function tests(files: readonly ProjectFile[]): ProjectFile[] {
  return files.filter(({ path }) => path.endsWith('.test.ts') && !path.startsWith('tools/'));
}

function within(path: string, from: string, folder: string): boolean {
  return new URL(from, `file:///${path}`).pathname.startsWith(`/${folder}/`);
}

function seen(files: readonly ProjectFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) => {
    const found = pattern.exec(text);
    return found ? [`${path}:${text.slice(0, found.index + found[0].length).split('\n').length}: ${found[0].trim()}`] : [];
  });
}

/** A title gives the reason in brackets, or by a constant `WHY_…`. */
function skippedWithoutReason(file: ProjectFile): string[] {
  return [...file.text.matchAll(/\b(?:it|test|describe)(?:\.\w+)*\.(skip|todo|skipIf|runIf)\b([\s\S]{0,300})/g)]
    .filter(([, , after]) => !/['"`][^'"`]*(?:\([^)]{8,}\)|\$\{WHY_\w+\})/.test(after!.replace(/^\([^'"`]*?\)\(/, '(')))
    .map(([, how]) => `${file.path}: .${how} without a reason`);
}

function textOf(files: readonly ProjectFile[], path: string): string | undefined {
  return files.find((file) => file.path === path)?.text;
}
