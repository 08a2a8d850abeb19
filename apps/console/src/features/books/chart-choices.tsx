import { type AccountRole, DEPOSIT_TYPES, FEE_TYPES, fitsRole, NEVER_ON_LINES, sameType, TAX_TYPES } from '@ledgerpost/core';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import { type Chart, chartQuery } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';

/** The id of the list of names that a setting chooses from, by the setting's path; undefined where it has none. */
const Lists = createContext<(path: string) => string | undefined>(() => undefined);

export function useChoicesFor(path: string): string | undefined {
  return useContext(Lists)(path);
}

/** The active names of the chart that fit a setting: `accounts.refund` lists only accounts that refunds can be paid from. */
export function namesFor(path: string, chart: Chart): readonly string[] | undefined {
  const [member = '', part = ''] = path.split('.');
  const active = (list: Chart['classes']) => list.filter((one) => one.active).map(({ name }) => name);
  const accounts = (fits: (type: string) => boolean) =>
    chart.accounts.filter((one) => one.active && fits(one.type)).map(({ name }) => name);
  switch (member) {
    case 'accounts':
      return accounts((type) =>
        part === 'fees' ? FEE_TYPES.some((one) => sameType(one, type)) : fitsRole(part as AccountRole, type),
      );
    case 'categories':
      return accounts((type) => !NEVER_ON_LINES.some((one) => sameType(one, type)));
    case 'paymentAccounts':
      return accounts((type) => DEPOSIT_TYPES.some((one) => sameType(one, type)));
    case 'taxCodes':
    case 'paymentMethods':
    case 'terms':
    case 'departments':
      return active(chart[member]);
    case 'tax':
      if (part === 'code') return active(chart.taxCodes);
      return part === 'account' ? accounts((type) => TAX_TYPES.some((one) => sameType(one, type))) : undefined;
    case 'classes':
      return part === 'default' ? active(chart.classes) : undefined;
    default:
      return undefined;
  }
}

const MAPS = ['categories', 'paymentAccounts', 'taxCodes', 'paymentMethods', 'terms', 'departments'] as const;
const SETTINGS = [
  'accounts.income',
  'accounts.discount',
  'accounts.depositTo',
  'accounts.refund',
  'accounts.receivable',
  'accounts.fees',
  'tax.code',
  'tax.account',
  'classes.default',
] as const;

/** Pick lists out of the books' chart for the settings inside. A name can still be pasted. */
export function ChartChoices({ target, children }: { readonly target: string; readonly children: React.ReactNode }) {
  const { id: company } = useCompany();
  const { data: chart } = useQuery(chartQuery(company, target));
  const lists = useMemo(() => {
    if (!chart?.known) return [];
    return [...SETTINGS, ...MAPS].flatMap((path) => {
      const names = namesFor(path, chart) ?? [];
      return names.length === 0 ? [] : [{ path, id: `choices-${path.replace('.', '-')}`, names }];
    });
  }, [chart]);
  const idOf = useMemo(
    () => (path: string) =>
      lists.find(
        (one) => one.path === path || (MAPS as readonly string[]).some((map) => one.path === map && path.startsWith(`${map}.`)),
      )?.id,
    [lists],
  );
  return (
    <Lists value={idOf}>
      {children}
      {lists.map(({ id, names }) => (
        <datalist key={id} id={id}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ))}
    </Lists>
  );
}
