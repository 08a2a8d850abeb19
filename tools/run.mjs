// Runs one of the project's tasks with the project's own Node. This file alone must run on Node 20.3, without
// dependencies, in a fresh clone: it installs what is missing first.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const bin = join(root, 'node_modules/.bin');
const stamp = join(root, 'node_modules/.ledgerpost-stamp');
const lockFile = join(root, 'package-lock.json');
const patches = join(root, 'patches');
/** What an install depends on: the versions, and what is mended in them. */
const wantedFiles = [lockFile, ...readdirSync(patches).map((name) => join(patches, name))];

/** What runs, and what it is, for people. */
const tasks = {
  demo: ['packages/devstack/src/demo.ts', 'a sample company, batched twice'],
  start: ['packages/devstack/src/start.ts', 'the whole of Ledgerpost on this machine'],
  backup: ['packages/devstack/src/backup.ts', 'a copy of the database of this machine'],
  restore: ['packages/devstack/src/restore.ts', 'that copy in the place of the database'],
  test: ['tools/test.ts', 'every test'],
  check: ['tools/check.ts', 'types, format, house rules'],
  bench: ['packages/bench/src/main.ts', 'the measurements'],
  'new-target': ['tools/new-target.ts', 'a package for another accounting system'],
  'kit-mutations': ['tools/kit-mutations.ts', 'small faults in targets, and how many of them the kit notices'],
  drill: ['packages/drill/src/main.ts', 'batches and undos under faults, held against the books'],
  build: ['tools/build.ts', 'what is built ahead of time'],
  'first-contact': ['packages/qbo-contact/src/main.ts', 'how an Intuit sandbox behaves where nobody is certain'],
  screens: ['tools/screens.ts', 'the pictures of the console in docs/screens'],
  ledgerpost: ['packages/cli/src/main.ts', 'the command line'],
};

const [task, ...args] = process.argv.slice(2);
const installs = task === 'install';
if (task === undefined || (!installs && !Object.hasOwn(tasks, task))) {
  console.error(`Usage: npm run TASK [-- ARGUMENTS]\n`);
  for (const [name, [, what]] of Object.entries(tasks)) console.error(`  ${name.padEnd(15)}${what}`);
  process.exit(2);
}

// The command line's output may be piped on: it must be its own alone.
const say = task === 'ledgerpost' ? () => {} : (line) => console.log(line);

installIfNeeded();
if (installs) process.exit(0);
const [script] = tasks[task];
const node = findNode();
if (!existsSync(join(root, script))) fail(`${script} does not exist, so there is nothing to run for "${task}".`);
say(`> node ${[script, ...args].join(' ')}`);
run(node, [join(root, script), ...args]);

function installIfNeeded() {
  const wanted = digest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!installedByHand()) {
    // Not `npm ci`: it refuses to install where the lock file lacks a package that only another platform wants.
    // Without saving, the versions are those of the lock file all the same, and it stays as it is.
    const command = ['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    say(`> ${command.join(' ')}`);
    const result = spawnSync(command[0], command.slice(1), {
      cwd: root,
      // What it says goes to stderr, so that a task's own output stays clean.
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (result.status !== 0) fail('The dependencies could not be installed; npm says why above.');
  }
  writeFileSync(stamp, digest());
}

function digest() {
  const hash = createHash('sha256');
  for (const file of wantedFiles) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** npm notes what it installed in a file of its own; if that is younger than what was wanted, somebody has just run npm. */
function installedByHand() {
  const note = join(root, 'node_modules/.package-lock.json');
  return existsSync(note) && wantedFiles.every((file) => statSync(note).mtimeMs >= statSync(file).mtimeMs);
}

function findNode() {
  const own = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  for (const candidate of [own, process.execPath]) {
    const { stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    const [, major, minor] = /^v(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
    if (Number(major) > 24 || (Number(major) === 24 && Number(minor) >= 0)) return candidate;
  }
  return fail(
    `Ledgerpost runs on Node 24. It comes as the npm package "node", whose install script did not run here, and this is ${process.version}. Install Node 24, or let npm run install scripts, remove node_modules and try again.`,
  );
}

function run(command, argv) {
  const child = spawn(command, argv, {
    cwd: task === 'ledgerpost' ? process.cwd() : root,
    // dash remembers where it found "node", so the path is set here and the command named in full.
    env: {
      // What Node compiled once serves every process that starts later: a third of the time that the API needs to start.
      NODE_COMPILE_CACHE: join(root, '.ledgerpost/cache/node'),
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    },
    // The channel tells the task when this process is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  watchParent(child);
  child.once('error', (error) => fail(error.message));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** npm that is killed outright tells nobody, so it is looked after. */
function watchParent(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const npm = npmBehind(parent);
  const isGone = () => process.ppid !== parent || !isAlive(npm);
  setInterval(() => isGone() && child.kill('SIGTERM'), 1000).unref();
}

/** npm starts scripts by a shell, which may stay between it and us. */
function npmBehind(parent) {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], { encoding: 'utf8' });
  const [, grandparent, command] = /^\s*(\d+)\s+(\S+)/.exec(stdout ?? '') ?? [];
  return /(^|\/)(sh|dash|bash|zsh)$/.test(command ?? '') ? Number(grandparent) : parent;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function fail(message) {
  console.error(message);
  return process.exit(1);
}
