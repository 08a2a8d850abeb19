import type { AnyTarget } from '@ledgerpost/core';
import type { Law } from './law.ts';
import * as chart from './laws/chart.ts';
import * as context from './laws/context.ts';
import * as documents from './laws/documents.ts';
import * as files from './laws/files.ts';
import * as identity from './laws/identity.ts';
import * as life from './laws/life.ts';
import * as links from './laws/links.ts';
import * as names from './laws/names.ts';
import * as pending from './laws/pending.ts';
import * as places from './laws/places.ts';
import * as push from './laws/push.ts';
import * as readback from './laws/readback.ts';
import * as secrets from './laws/secrets.ts';
import * as strangers from './laws/strangers.ts';
import * as trouble from './laws/trouble.ts';
import * as undo from './laws/undo.ts';

/** All laws, in the order in which a batch meets them. */
export const LAWS: readonly Law[] = [
  identity.builtForThisContract,
  identity.namedForGood,
  identity.stagesInOrder,
  identity.settingsNeedNothing,
  identity.settingsAreAForm,
  identity.voidsHaveAStage,
  identity.untakenIsSaid,
  identity.limitsAreCharacters,
  identity.openTouchesNoNetwork,
  identity.checkSaysWhoseBooks,
  chart.discoverReadsOnly,
  chart.suggestionsAreAccounts,
  chart.classesAreMadeOnce,
  documents.validateIsPure,
  documents.validateBearsAnything,
  documents.soundDocumentsPass,
  documents.exportIsPure,
  documents.payloadsAreJson,
  documents.exportConservesMoney,
  places.currenciesKeepTheirDecimals,
  files.filesAreByteStable,
  files.filesHoldEveryDocument,
  files.emptyBatchHasFiles,
  files.filesWaitForTheSink,
  files.failingSinkFailsTheRendering,
  files.filesComeWithInstructions,
  names.createdNamesAreFound,
  names.creatingTwiceCreatesOnce,
  links.namesAreListed,
  links.idsHaveTheirNames,
  links.aNewNameKeepsItsId,
  links.documentsGoByIds,
  push.oneOutcomePerItem,
  push.receiptsSayWhatIsHeld,
  push.sameCallPostsOnce,
  push.keysDecide,
  push.badItemSinksNobody,
  push.refusalsCarryTheReason,
  push.callsFitTheVendor,
  places.eachDocumentLandsInItsPlace,
  strangers.aStrangerIsNotOurs,
  life.anUpdateKeepsItsPayments,
  life.aVoidVoids,
  life.aLostUpdateIsFoundAgain,
  push.aPersonsChangeIsAConflict,
  trouble.aLostReplyPostsOnce,
  trouble.anyLostReplyPostsOnce,
  trouble.aThrottleWaits,
  trouble.lostAccessIsForAnAdmin,
  trouble.aFailedQuestionIsNoAnswer,
  pending.whatIsPendingIsAskedFor,
  pending.expiredKeysPostNothingTwice,
  context.permitsAreKept,
  context.aPermitsRefusalGoesThrough,
  context.aCancelEndsTheRequest,
  context.supportIdsAreTraced,
  readback.readbackFindsTheSame,
  readback.readbackSeesAPersonsChange,
  readback.readbackReportsDeletions,
  readback.aReallocationIsSeen,
  life.aPersonsChangeBesideOursIsDrift,
  readback.aKeptChangeReadsTheSame,
  readback.changesNameWhatChanged,
  readback.changesNameDeletions,
  readback.changesOfLongAgoAreNotLeftOut,
  readback.readbackByHandIsExplained,
  undo.instructionsNameTheDocument,
  undo.oneUndoOutcomePerItem,
  undo.insertsAreTakenBack,
  undo.takingBackTwiceIsHarmless,
  trouble.anUndoSurvivesLostReplies,
  life.aWholeLifeIsTakenBack,
  undo.updatesAreRestored,
  undo.unknownFormerIsLeft,
  undo.whatAnUndoRestoredReadsTheSame,
  undo.aPersonsChangeStopsTheUndo,
  undo.undonePostsAgain,
  secrets.secretsStayInside,
];

/** The laws that apply to a target, given what it can do. */
export function lawsFor(target: AnyTarget): readonly Law[] {
  return LAWS.filter((law) => law.applies(target));
}
