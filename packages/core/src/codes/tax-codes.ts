import { lighterInFiles, type ProblemCodeEntry, row } from './problem-code.ts';

/** What can be wrong with the sales tax of a document. Part of `PROBLEM_CODES`. */
export const TAX_CODES = {
  'unmapped-tax': row('problem', 'admin', 'The tax has no tax code in the settings.', 'Map the tax name to a tax code.'),
  'tax-of-other-sign': row(
    'warning',
    'source',
    'The tax is below zero while the taxable lines add up to more than zero, or the other way round. It is posted as it is.',
    'Check the tax in the field-service system.',
  ),
  'tax-on-nothing': lighterInFiles(
    'warning',
    row(
      'problem',
      'source',
      'The record charges tax, and none of its lines is taxable, so the books have nothing to compute the tax from.',
      'Mark the taxed lines as taxable, or remove the tax.',
    ),
  ),
} as const satisfies Record<string, ProblemCodeEntry>;
