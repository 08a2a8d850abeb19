import type { Edit } from '@ledgerpost/devstack';
import type { Theme } from '../story/themes.ts';

/** A fault of ours that the drill has to notice. */
export interface PlantedFault {
  readonly edits: readonly Edit[];
  /** The themes that meet it. */
  readonly themes: readonly Theme[];
}

const LINK_ROWS = 'packages/store/src/links/link-rows.ts';
const JUDGE = 'packages/batching/src/linking/judge-names.ts';
const SETTLE = 'packages/batching/src/linking/settle-names.ts';
const POSTED_IDS = 'packages/batching/src/linking/posted-ids.ts';
const READ_BACK = 'packages/qbo-plugin/src/books/read-back.ts';

/** Faults in who is who, by what they do. */
export const PLANTED: Readonly<Record<string, PlantedFault>> = {
  'a link is forgotten': {
    edits: [
      {
        file: LINK_ROWS,
        from: '  return new Set(done);',
        to: `  await sql\`delete from links l where \${inBooks(sql, 'l', books, kind)} and l.key = any(\${done}::text[])\`;\n  return new Set(done);`,
      },
    ],
    themes: ['customers get other names'],
  },
  'a link is taken by another': {
    edits: [
      { file: SETTLE, from: "    const shared = kind === 'item';", to: '    const shared = true;' },
      {
        file: JUDGE,
        from: '  if (linked.length > 0 || !isFirst || (others.length > 0 && named.length > 0))',
        to: '  if (false)',
      },
      { file: JUDGE, from: 'intent, alone: others.length > 0 }', to: 'intent, alone: false }' },
      {
        file: SETTLE,
        from: '    if (found !== undefined && (alone || (intent === undefined && waitsFor(need, matcher).length > 0)))',
        to: '    if (false)',
      },
    ],
    themes: ['two customers have one name'],
  },
  'a rename unlinks': {
    edits: [
      { file: JUDGE, from: '  if (link !== undefined) {', to: '  if (link !== undefined && foldedName(link.name) === folded) {' },
    ],
    themes: ['customers get other names'],
  },
  'a re-match moves a posted invoice': {
    edits: [{ file: POSTED_IDS, from: '    if (found === undefined) continue;', to: '    if (found !== undefined) continue;' }],
    themes: ['a person matches customers'],
  },
  'a merge becomes drift': {
    edits: [{ file: READ_BACK, from: 'idsOf(withMerges(item.sameIds, merged))', to: 'idsOf(undefined)' }],
    themes: ['drift is no new name'],
  },
};
