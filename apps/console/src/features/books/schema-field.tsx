import { createContext, useContext, useId, useState } from 'react';
import { Button } from '../../ui/parts.tsx';
import { useChoicesFor } from './chart-choices.tsx';

/** The part of JSON Schema that settings of accounting systems use. */
export interface FormSchema {
  readonly type?: 'object' | 'string' | 'number' | 'integer' | 'boolean' | 'array';
  readonly title?: string;
  readonly description?: string;
  readonly default?: Value;
  readonly secret?: boolean;
  /** Whether it is left out of the admin's form, and changed by the API or the command line. */
  readonly forOperators?: boolean;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: FormSchema | boolean;
  readonly items?: FormSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value } | undefined;
type Members = Readonly<Record<string, Value>>;

/** The reason of each refused field, by its path: `accounts.income`. */
export const Refusals = createContext<ReadonlyMap<string, string>>(new Map());

interface FieldProps {
  readonly name: string;
  /** The path of the value in the whole form; empty for the form itself. */
  readonly path: string;
  readonly schema: FormSchema;
  readonly value: Value;
  onChange(value: Value): void;
  readonly readOnly: boolean;
  readonly required?: boolean;
}

/** The field, or the group of fields, for a schema. */
export function SchemaField(props: FieldProps) {
  const { schema } = props;
  if (schema.type === 'object' && schema.properties !== undefined) return <Group {...props} />;
  if (schema.type === 'object') return <Pairs {...props} />;
  if (schema.type === 'array') return <List {...props} />;
  return <Leaf {...props} />;
}

function Group({ name, path, schema, value, onChange, readOnly }: FieldProps) {
  const members = (value ?? {}) as Members;
  const set = (member: string, inner: Value) => {
    const { [member]: _, ...rest } = members;
    onChange(inner === undefined ? rest : { ...rest, [member]: inner });
  };
  const fields = Object.entries(schema.properties ?? {}).map(([member, inner]) => (
    <SchemaField
      key={member}
      name={member}
      path={within(path, member)}
      schema={inner}
      value={members[member]}
      onChange={(next) => set(member, next)}
      readOnly={readOnly}
      required={schema.required?.includes(member) ?? false}
    />
  ));
  if (name === '') return <div className="stack">{fields}</div>;
  const words = title(name, schema);
  return (
    <fieldset className="group">
      <legend>{words}</legend>
      {schema.description !== undefined && !repeatsHeading(words, schema.description) && (
        <p className="aside">{schema.description}</p>
      )}
      {fields}
    </fieldset>
  );
}

function Leaf({ name, path, schema, value, onChange, readOnly, required = false }: FieldProps) {
  const id = useId();
  const refusal = useContext(Refusals).get(path);
  const choices = useChoicesFor(path);
  const [help, wrong] = [`${id}-help`, `${id}-wrong`];
  const describedBy = [...(refusal === undefined ? [] : [wrong]), ...(schema.description === undefined ? [] : [help])].join(' ');
  const common = {
    id,
    disabled: readOnly,
    ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
    ...(refusal === undefined ? {} : { 'aria-invalid': true }),
  };
  const about = (
    <>
      <Wrong id={wrong} refusal={refusal} />
      {schema.description !== undefined && (
        <p className="aside" id={help}>
          {schema.description}
        </p>
      )}
    </>
  );
  if (schema.type === 'boolean') {
    return (
      <div className="field check">
        <label htmlFor={id}>
          <input
            {...common}
            type="checkbox"
            checked={Boolean(value ?? schema.default ?? false)}
            onChange={({ target }) => onChange(target.checked)}
          />{' '}
          {title(name, schema)}
        </label>
        {about}
      </div>
    );
  }
  if (schema.enum !== undefined) {
    return (
      <div className="field">
        <label htmlFor={id}>{title(name, schema)}</label>
        <select
          {...common}
          value={String(value ?? schema.default ?? '')}
          onChange={({ target }) => onChange(target.value || undefined)}
        >
          {!required && schema.default === undefined && <option value="">None</option>}
          {schema.enum.map((one) => (
            <option key={one} value={one}>
              {choiceWords(one)}
            </option>
          ))}
        </select>
        {about}
      </div>
    );
  }
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const list = choices === undefined ? {} : { list: choices };
  return (
    <div className="field">
      <label htmlFor={id}>{title(name, schema)}</label>
      <input
        {...common}
        {...list}
        type={schema.secret ? 'password' : isNumber ? 'number' : 'text'}
        autoComplete="off"
        required={required && schema.default === undefined}
        {...(isNumber
          ? { step: schema.type === 'integer' ? 1 : 'any', min: schema.minimum ?? schema.exclusiveMinimum, max: schema.maximum }
          : {})}
        value={value === undefined ? '' : String(value)}
        placeholder={schema.default === undefined ? '' : String(schema.default)}
        onChange={({ target }) => onChange(target.value === '' ? undefined : isNumber ? Number(target.value) : target.value)}
      />
      {about}
    </div>
  );
}

/** A map: names that a person chooses, each with a value. */
function Pairs({ name, path, schema, value, onChange, readOnly }: FieldProps) {
  const id = useId();
  const refusals = useContext(Refusals);
  const choices = useChoicesFor(within(path, ''));
  const [rows, setRows] = useState<readonly (readonly [string, Value])[]>(() => Object.entries((value ?? {}) as Members));
  const inner: FormSchema = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : { type: 'string' };
  const words = title(name, schema);
  const put = (next: readonly (readonly [string, Value])[]) => {
    setRows(next);
    onChange(Object.fromEntries(next.filter(([key, one]) => key !== '' && one !== undefined)));
  };
  return (
    <fieldset className="group">
      <legend>{words}</legend>
      {schema.description !== undefined && <p className="aside">{schema.description}</p>}
      {rows.map(([key, one], row) => {
        const refusal = refusals.get(within(path, key));
        const wrong = `${id}-${row}-wrong`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other identity while someone types its name
          <div key={row}>
            <div className="pair">
              <input
                aria-label={`${words}, name ${row + 1}`}
                disabled={readOnly}
                value={key}
                onChange={({ target }) => put(rows.with(row, [target.value, one]))}
              />
              <span aria-hidden="true">→</span>
              <input
                aria-label={`${words}, value ${row + 1}`}
                disabled={readOnly}
                {...(choices === undefined ? {} : { list: choices })}
                type={inner.type === 'number' || inner.type === 'integer' ? 'number' : 'text'}
                value={one === undefined ? '' : String(one)}
                {...(refusal === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': wrong })}
                onChange={({ target }) => put(rows.with(row, [key, target.value === '' ? undefined : target.value]))}
              />
              {!readOnly && (
                <Button kind="quiet" aria-label={`Remove ${key || `row ${row + 1}`}`} onPress={() => put(rows.toSpliced(row, 1))}>
                  ×
                </Button>
              )}
            </div>
            <Wrong id={wrong} refusal={refusal} />
          </div>
        );
      })}
      {!readOnly && (
        <Button aria-label={`Add to ${words}`} onPress={() => setRows([...rows, ['', undefined]])}>
          Add
        </Button>
      )}
    </fieldset>
  );
}

function List({ name, path, schema, value, onChange, readOnly }: FieldProps) {
  const rows = (value ?? []) as readonly Value[];
  const words = title(name, schema);
  return (
    <fieldset className="group">
      <legend>{words}</legend>
      {schema.description !== undefined && <p className="aside">{schema.description}</p>}
      {rows.map((one, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
        <div className="row" key={row}>
          <SchemaField
            name={`${words} ${row + 1}`}
            path={within(path, String(row))}
            schema={schema.items ?? { type: 'string' }}
            value={one}
            onChange={(next) => onChange(rows.with(row, next))}
            readOnly={readOnly}
            required
          />
          {!readOnly && (
            <Button kind="quiet" aria-label={`Remove ${words} ${row + 1}`} onPress={() => onChange(rows.toSpliced(row, 1))}>
              ×
            </Button>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button aria-label={`Add to ${words}`} onPress={() => onChange([...rows, schema.items?.type === 'object' ? {} : ''])}>
          Add
        </Button>
      )}
    </fieldset>
  );
}

function Wrong({ id, refusal }: { readonly id: string; readonly refusal: string | undefined }) {
  if (refusal === undefined) return null;
  return (
    <p className="wrong" id={id}>
      {refusal}
    </p>
  );
}

/** Whether a description only repeats the heading above it. */
export const repeatsHeading = (words: string, description: string) => description.replace(/\.$/, '') === words;

/** `credit-memo` as people write it. A choice with capitals or spaces is already a name. */
export function choiceWords(choice: string): string {
  if (!/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/.test(choice)) return choice;
  const words = choice.replace(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const within = (path: string, member: string) => (path === '' ? member : `${path}.${member}`);

/** `paymentMethods` as people write it. */
export function title(name: string, schema: FormSchema = {}): string {
  if (schema.title !== undefined) return schema.title;
  const words = name.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
