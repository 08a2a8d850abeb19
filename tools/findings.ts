/** One thing that a check found, as one line for the person who fixes it. */
export interface Finding {
  /** `packages/core/src/index.ts:3`, or a rule’s subject. */
  readonly where: string;
  readonly what: string;
  /** What to do; begins with a verb. */
  readonly fix: string;
}

/** `where: what. What to do.` */
export function lineOf({ where, what, fix }: Finding): string {
  return `${where}: ${what.replace(/\s+/g, ' ').replace(/[.:]?\s*$/, '')}. ${fix}`;
}

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly message: string;
    readonly category: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
    readonly advices?: readonly { readonly text?: string }[];
  }[];
}

/** `biome check --reporter=json`. */
export function biomeFindings(output: string): readonly Finding[] {
  const json = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);
  if (json === '') return [];
  return (JSON.parse(json) as BiomeReport).diagnostics.map(({ message, category, location, advices = [] }) => {
    if (category === 'format') return { where: location.path, what: 'is not formatted', fix: 'Run npm run format.' };
    const advice = advices.find(({ text }) => text !== undefined)?.text?.replace(/^(Safe|Unsafe) fix: /, '');
    const fix =
      advice === undefined
        ? `Read about ${category} at biomejs.dev, or run npm run format.`
        : `${advice.replace(/\.?$/, '.')} npm run format may do it.`;
    return { where: `${location.path}:${location.start.line}`, what: message, fix };
  });
}

/** What to do about the commonest errors of tsc. */
const TYPE_FIXES: Readonly<Record<string, string>> = {
  TS2305: 'Import the name from where it is exported now.',
  TS2307: 'Correct the path, or run npm install.',
  TS2322: 'Pass a value of that type, or correct the type.',
  TS2345: 'Pass a value of that type, or correct the type.',
  TS2339: 'Correct the name of the member.',
  TS2532: 'Handle undefined first.',
  TS6133: 'Remove it.',
  TS6196: 'Remove it.',
  TS18048: 'Handle undefined first.',
};

/** tsc’s own lines. */
export function typeFindings(output: string): readonly Finding[] {
  return [...output.matchAll(/^([^\s(]+)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(([, path, line, code, message]) => ({
    where: `${path}:${line}`,
    what: `${message!.replace(/\.$/, '')} (${code})`,
    fix: TYPE_FIXES[code!] ?? 'Correct the type.',
  }));
}

/** `turbo boundaries`. */
export function boundaryFindings(output: string, root: string): readonly Finding[] {
  return [...output.matchAll(/^\s*[x×] (.+)\n[^\n]*\[(.+?):(\d+):\d+\]/gm)].map(([, what, path, line]) => ({
    where: `${path!.replace(`${root}/`, '')}:${line}`,
    what: what!,
    fix: what!.includes('is not a dependency')
      ? 'Add it to the dependencies in package.json, if the package may have it.'
      : 'Import it by the package’s name, or move the code.',
  }));
}

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/**
 * Fails a test over a list of places, in the form that `npm run check` prints line by line.
 * @throws Error where the list is not empty
 */
export function expectNone(what: string, fix: string, where: readonly string[]): void {
  if (where.length > 0) throw new Error([what, `Fix: ${fix}`, ...where.map((one) => `- ${one}`)].join('\n'));
}

/** vitest’s JSON report: each place that `expectNone` found, or each failed test with the first line of its message. */
export function testFindings(report: TestReport, root: string): readonly Finding[] {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const where = name.replace(`${root}/`, '');
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (assertionResults.length === 0 && message)
      return [{ where, what: message.split('\n')[0]!, fix: 'Correct the file, so that its tests can run.' }];
    return failed.flatMap(
      ({ fullName, failureMessages = [] }) =>
        placesIn(failureMessages[0] ?? '') ?? [
          {
            where,
            what: `“${fullName.trim()}” failed: ${failureMessages[0]?.split('\n')[0]?.replace(/^AssertionError: /, '') ?? ''}`,
            fix: `Run npx vitest run --root tools ${where.replace(/^.*\//, '')} to see the whole message.`,
          },
        ],
    );
  });
}

function placesIn(message: string): readonly Finding[] | undefined {
  const [, what, fix, places] = /^(?:Error: )?(.+)\nFix: (.+)\n((?:- .+\n?)+)/.exec(message) ?? [];
  return places
    ?.trim()
    .split('\n')
    .map((place) => ({ where: place.slice(2), what: what!, fix: fix! }));
}
