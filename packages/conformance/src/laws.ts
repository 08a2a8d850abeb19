import type { AnyTarget } from '@ledgerpost/core';
import type { Law } from './law.ts';
import * as documents from './laws/documents.ts';
import * as files from './laws/files.ts';
import * as identity from './laws/identity.ts';
import * as push from './laws/push.ts';
import * as undo from './laws/undo.ts';

/** Every law there is, in the order in which a batch meets them. */
export const LAWS: readonly Law[] = [
  identity.builtForThisContract,
  identity.namedForGood,
  identity.stagesInOrder,
  identity.settingsNeedNothing,
  identity.settingsAreAForm,
  identity.limitsAreCharacters,
  documents.validateIsPure,
  documents.validateBearsAnything,
  documents.soundDocumentsPass,
  documents.exportIsPure,
  documents.payloadsAreJson,
  documents.exportConservesMoney,
  files.filesAreByteStable,
  files.filesHoldEveryDocument,
  files.emptyBatchHasFiles,
  files.filesWaitForTheSink,
  files.failingSinkFailsTheRendering,
  files.filesComeWithInstructions,
  push.oneOutcomePerItem,
  push.sameCallPostsOnce,
  push.keysDecide,
  push.badItemSinksNobody,
  push.createdNamesAreFound,
  undo.instructionsNameTheDocument,
  undo.insertsAreTakenBack,
  undo.takingBackTwiceIsHarmless,
  undo.updatesAreRestored,
];

/** The laws that apply to a target by what it says it can do. */
export function lawsFor(target: AnyTarget): readonly Law[] {
  return LAWS.filter((law) => law.applies(target));
}
