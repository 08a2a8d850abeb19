import type { AnyTarget, Chart } from '@ledgerpost/core';
import { contextOf } from '../books.ts';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { frozen, sameJson } from '../subject.ts';

const discovered = (target: AnyTarget) => target.chart.by === 'discovered';

export const discoverReadsOnly: Law = {
  id: 'discover-reads-only',
  sentence: 'discover returns the chart, and the same chart when it is asked again',
  applies: discovered,
  async check(subject) {
    const first = await discover(subject);
    expect(first.accounts.length > 0, 'The chart has no account, so every name would be unknown.');
    for (const list of ['accounts', 'classes', 'paymentMethods', 'terms', 'taxCodes'] as const) {
      const names = first[list].map(({ name }) => name);
      expect(!names.includes(''), `One of the ${list} has no name.`);
    }
    expect(sameJson(first, await discover(subject)), 'Asking twice returns two charts, so preview and run would differ.');
  },
};

export const suggestionsAreAccounts: Law = {
  id: 'suggestions-are-accounts',
  sentence: 'its suggested accounts are active accounts of the chart',
  applies: discovered,
  async check(subject) {
    const chart = frozen(await discover(subject));
    const suggested = Object.entries(chartOf(subject).suggest(chart)).filter(([, name]) => name !== undefined);
    for (const [role, name] of suggested) {
      const account = chart.accounts.find((one) => one.name === name);
      expect(account?.active === true, `For ${role} it suggests “${String(name)}”, which is not an active account of the chart.`);
    }
    const nothing = { ...chart, accounts: [] };
    expect(
      Object.values(chartOf(subject).suggest(nothing)).every((name) => name === undefined),
      'It suggests an account for a chart without accounts.',
    );
  },
};

export const classesAreMadeOnce: Law = {
  id: 'classes-are-made-once',
  sentence: 'a class is created once, with its parent, and is found from then on',
  applies: discovered,
  async check(subject) {
    const { target, settings } = subject;
    const session = target.open(settings, contextOf(subject));
    const name = `Kit ${runs++}`;
    const names = [`${name}:Inner`, name];
    const [first, second] = [
      await chartOf(subject).createClasses(session, names),
      await chartOf(subject).createClasses(session, names),
    ];
    for (const outcomes of [first, second]) {
      expect(
        sameJson(
          outcomes.map((outcome) => outcome.name),
          names,
        ),
        `The classes ${names.join(', ')} were answered as ${outcomes.map((outcome) => outcome.name).join(', ')}.`,
      );
    }
    const ids = (outcomes: typeof first) => outcomes.map((one) => (one.status === 'refused' ? one.reason : one.externalId));
    expect(
      second.every(({ status }) => status === 'found') && sameJson(ids(first), ids(second)),
      `Created twice, the classes are ${ids(first).join(', ')} and then ${ids(second).join(', ')}.`,
    );
    const known = new Set((await discover(subject)).classes.map((one) => one.name));
    expect(
      names.every((one) => known.has(one)),
      'A class that was created is not in the chart.',
    );
  },
};

// A class that no earlier run of the law made.
let runs = Date.now() % 100_000;

async function discover(subject: Subject): Promise<Chart> {
  const { target, settings } = subject;
  return chartOf(subject).discover(target.open(settings, contextOf(subject)));
}

function chartOf({ target }: Subject): Extract<AnyTarget['chart'], { by: 'discovered' }> {
  demand(target.chart.by === 'discovered', 'Only for targets that can be asked for a chart.');
  return target.chart;
}
