import { CONTRACT_VERSION, OPERATIONS } from '@ledgerpost/core';
import { z } from 'zod';
import { expect, type Law } from '../law.ts';

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
    expect(target.name !== '' && target.description !== '', 'Name and description are shown to an admin and may not be empty.');
  },
};

export const stagesInOrder: Law = {
  id: 'stages-in-order',
  sentence: 'each operation that it takes stands in exactly one stage',
  applies: always,
  check({ target }) {
    expect(target.stages.length > 0, 'It has no stage, so it could take nothing.');
    const ids = target.stages.map((stage) => stage.id);
    expect(new Set(ids).size === ids.length, `Stage ids repeat: ${ids.join(', ')}.`);
    for (const stage of target.stages) {
      expect(KEBAB.test(stage.id), `The stage id "${stage.id}" is not kebab-case.`);
      expect(stage.operations.length > 0, `The stage "${stage.id}" has no operation.`);
    }
    const operations = target.stages.flatMap((stage) => stage.operations);
    expect(new Set(operations).size === operations.length, `An operation stands in two stages: ${operations.join(', ')}.`);
    const unknown = operations.filter((operation) => !(OPERATIONS as readonly string[]).includes(operation));
    expect(unknown.length === 0, `These are no operations: ${unknown.join(', ')}.`);
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
    const schema = z.toJSONSchema(target.settings, { io: 'input' }) as FormSchema;
    expect(schema.type === 'object' && schema.properties !== undefined, 'The settings make no JSON Schema with properties.');
    for (const [name, member] of members(schema)) {
      expect(
        !SECRET.test(name) || member.secret === true,
        `"${name}" looks like a secret and is not marked: add .meta({ secret: true }).`,
      );
    }
  },
};

interface FormSchema {
  readonly type?: string;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, FormSchema>>;
}

function* members(schema: FormSchema): Generator<[string, FormSchema]> {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    yield [name, member];
    yield* members(member);
  }
}

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
