import { CONTRACT_VERSION, OPERATIONS, type Operation, type TargetContext } from '@ledgerpost/core';
import { contextOf } from '../books.ts';
import { formOf, membersOf } from '../form.ts';
import { expect, type Law } from '../law.ts';
import { sameJson } from '../subject.ts';

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SECRET = /secret|password|token|api_?key|private_?key/i;
const always = () => true;

export const builtForThisContract: Law = {
  id: 'built-for-this-contract',
  sentence: 'it is built for this version of the contract',
  applies: always,
  check({ target }) {
    expect(
      target.contract === CONTRACT_VERSION,
      `Expected contract ${CONTRACT_VERSION}, found ${String(target.contract)}: registration would refuse it.`,
    );
  },
};

export const namedForGood: Law = {
  id: 'named-for-good',
  sentence: 'its id is kebab-case, and it has a name and a description',
  applies: always,
  check({ target }) {
    expect(KEBAB.test(target.id), `The id "${target.id}" is not kebab-case; it becomes part of queue and activity names.`);
    expect(
      target.name !== '' && target.description !== '',
      'An admin sees the name and the description, so they may not be empty.',
    );
  },
};

export const stagesInOrder: Law = {
  id: 'stages-in-order',
  sentence: 'each operation that it accepts is in exactly one stage',
  applies: always,
  check({ target }) {
    expect(target.stages.length > 0, 'It has no stage, so it could accept nothing.');
    const ids = target.stages.map((stage) => stage.id);
    expect(new Set(ids).size === ids.length, `Stage ids repeat: ${ids.join(', ')}.`);
    for (const stage of target.stages) {
      expect(KEBAB.test(stage.id), `The stage id "${stage.id}" is not kebab-case.`);
      expect(stage.operations.length > 0, `The stage "${stage.id}" has no operation.`);
    }
    const operations = target.stages.flatMap((stage) => stage.operations);
    expect(new Set(operations).size === operations.length, `An operation is in two stages: ${operations.join(', ')}.`);
    const unknown = operations.filter((operation) => !(OPERATIONS as readonly string[]).includes(operation));
    expect(unknown.length === 0, `These are not operations: ${unknown.join(', ')}.`);
  },
};

export const settingsNeedNothing: Law = {
  id: 'settings-need-nothing',
  sentence: 'its settings accept {}',
  applies: always,
  check({ target }) {
    const parsed = target.settings.safeParse({});
    expect(parsed.success, `{} is refused: ${parsed.error?.message}. Give every member a default, or make it optional.`);
  },
};

export const settingsAreAForm: Law = {
  id: 'settings-are-a-form',
  sentence: 'its settings are an admin’s form, with secrets marked',
  applies: always,
  check({ target }) {
    const form = formOf(target);
    expect(form?.type === 'object' && form.properties !== undefined, 'The settings make no JSON Schema with properties.');
    for (const { name, member } of membersOf(form)) {
      expect(
        !SECRET.test(name) || member.secret === true,
        `"${name}" looks like a secret and is not marked. Add .meta({ secret: true }).`,
      );
    }
  },
};

export const voidsHaveAStage: Law = {
  id: 'voids-have-a-stage',
  sentence: 'it accepts voids, or its settings refuse them',
  applies: always,
  check({ target }) {
    const mayBeChosen = target.settings.safeParse({ policy: { voids: 'void' } }).success;
    const accepted = target.stages.some((stage) => stage.operations.includes('invoice.void'));
    expect(
      accepted || !mayBeChosen,
      'An admin may choose "void" for voided invoices, and no stage has invoice.void, so they would silently stay unbatched. Refuse "void" in the settings, or add a stage for it.',
    );
  },
};

export const untakenIsSaid: Law = {
  id: 'untaken-is-said',
  sentence: 'for each operation that no stage has it explains why, in a sentence',
  applies: always,
  check({ target }) {
    const taken = target.stages.flatMap((stage) => stage.operations);
    const never: readonly Operation[] =
      target.delivery.by === 'push' ? ['warning.list'] : ['journal.update', 'creditMemo.update'];
    const voids = target.settings.safeParse({ policy: { voids: 'void' } }).success;
    for (const operation of OPERATIONS) {
      const sentence = target.untaken?.[operation];
      if (taken.includes(operation)) {
        expect(sentence === undefined, `A stage has ${operation}, and \`untaken\` explains why not: “${String(sentence)}”.`);
      } else if (!never.includes(operation) && (operation !== 'invoice.void' || voids)) {
        expect(
          sentence !== undefined && /^[A-Z].{10,}[.!?]$/.test(sentence),
          `No stage has ${operation}, and nobody would see why its records stay unbatched. Give \`untaken\` a sentence with the next step.`,
        );
      }
    }
  },
};

export const limitsAreCharacters: Law = {
  id: 'limits-are-characters',
  sentence: 'its limits are whole numbers of characters above zero',
  applies: always,
  check({ target, settings }) {
    for (const [name, limit] of Object.entries(target.limits(settings))) {
      expect(Number.isSafeInteger(limit) && limit > 0, `The limit of ${name} is ${String(limit)}.`);
    }
  },
};

export const openTouchesNoNetwork: Law = {
  id: 'open-touches-no-network',
  sentence: 'open makes a session without the network',
  applies: always,
  async check(subject) {
    const seen: string[] = [];
    const watched =
      (name: string) =>
      (...args: readonly unknown[]) => {
        seen.push(name);
        return (contextOf(subject)[name as 'fetch'] as (...args: readonly unknown[]) => never)(...args);
      };
    const outside = Object.fromEntries(['fetch', 'access', 'renew', 'permit', 'pause'].map((name) => [name, watched(name)]));
    subject.target.open(subject.settings, { ...contextOf(subject), ...outside } as TargetContext);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.length === 0, `open called ${seen.join(', ')}. Previews call open too, and so do companies without access yet.`);
  },
};

export const checkSaysWhoseBooks: Law = {
  id: 'check-says-whose-books',
  sentence: 'check returns whose books these are, and the same answer when it is asked again',
  applies: always,
  async check(subject) {
    const { target, settings } = subject;
    const ask = () => target.check(target.open(settings, contextOf(subject)));
    const identity = await ask();
    expect(identity.company.trim() !== '', 'The books have no name, so nobody can see that they are the wrong ones.');
    if (target.access.by === 'settings' && target.delivery.by === 'push')
      expect(
        (identity.account ?? '').trim() !== '',
        'The books have no `account`, their id at the vendor. Without it nobody notices that a key opens other books.',
      );
    const { currency } = identity;
    expect(
      currency === undefined || /^[A-Z]{3}$/.test(currency),
      `The currency “${String(currency)}” is not a code of ISO 4217.`,
    );
    expect(sameJson(identity, await ask()), 'Asking twice returns two answers.');
  },
};
