import { circlesIn, fileLengths, folderSizes, importGraph } from '../import-graph.ts';
import type { HouseRule } from './rule.ts';

/** As many source files as a reader takes in at a glance. */
const MOST_FILES = 20;

/** As many lines as a file that holds one idea needs. */
const MOST_LINES = 400;

/** Folders that may hold more files beside each other, each with its reason. */
const FULL_FOLDERS: Readonly<Record<string, string>> = {};

/** Files that may be longer, each with its reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'apps/console/src/api/schema.d.ts': 'types that are generated from the OpenAPI document',
};

/** How files are arranged: what a reader has to keep in mind at once. */
export const STRUCTURE_RULES: readonly HouseRule[] = [
  {
    name: 'no files import each other in a circle',
    because: 'none of the files in a circle can be read, tested or moved without the others',
    instead: 'move what both need to a file of its own; a type counts too (npm run graph shows the circles)',
    broken: (files) => circlesIn(importGraph(files)).map((circle) => circle.join(' ↔ ')),
  },
  {
    name: `no folder holds more than ${MOST_FILES} source files beside each other`,
    because: 'a reader who opens a folder sees its subjects only if they are few',
    instead: 'put what belongs together into a folder of its own (tests and *.testing.ts are not counted)',
    broken: (files) =>
      folderSizes(files)
        .filter(([folder, count]) => count > MOST_FILES && !(folder in FULL_FOLDERS))
        .map(([folder, count]) => `${folder} holds ${count} files`),
  },
  {
    name: `no source file is ${MOST_LINES} lines long`,
    because: 'a file holds one idea',
    instead: 'split it by subject; tests, generated types and tables of codes may be longer',
    broken: (files) =>
      fileLengths(files)
        .filter(([path, lines]) => lines >= MOST_LINES && !(path in LONG_FILES))
        .map(([path, lines]) => `${path} has ${lines} lines`),
  },
];
