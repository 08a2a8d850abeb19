import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles } from './project-files.ts';
import { root } from './turbo.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const guide = read('docs/guides/run-it.md');
const runbook = read('docs/guides/runbook.md');
const alerts = read('deploy/prometheus/alerts.yaml');
const dashboard = read('deploy/grafana/ledgerpost.json');

/** Every metric of ours that API and worker register. */
const metrics = projectFiles()
  .filter(({ path }) => /^apps\/(api|worker)\/src\/(.*\/)?([a-z]+-)?metrics\.ts$/.test(path))
  .flatMap(({ text }) => [...text.matchAll(/name: '(ledgerpost_[a-z_]+)'/g)].map(([, name]) => name!));

const used = (text: string) => [
  ...new Set([...text.matchAll(/\bledgerpost_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))),
];

describe('what ops look at', () => {
  it('every metric is in the guide', () => {
    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
  });

  it.each([
    ['the dashboard', dashboard],
    ['the alerts', alerts],
  ])('%s asks for metrics that there are', (_, text) => {
    expect(used(text).length).toBeGreaterThan(5);
    expect(used(text).filter((name) => !metrics.includes(name))).toEqual([]);
  });

  it('every alert about a batch or a company names it', () => {
    for (const name of ['BatchesWaitForTemporal', 'BatchFailed', 'HeldForLong']) {
      expect(alerts).toMatch(
        new RegExp(`alert: Ledgerpost${name}\\n[^]*?summary: "\\{\\{ \\$labels.company \\}\\}: batch \\{\\{ \\$labels.batch`),
      );
    }
    for (const name of ['AccessLost', 'ScheduleStopped']) {
      expect(alerts).toMatch(new RegExp(`alert: Ledgerpost${name}\\n[^]*?summary: "\\{\\{ \\$labels.company`));
    }
  });

  it('every alert points to a chapter of the runbook that is there', () => {
    const chapters = [...alerts.matchAll(/runbook: docs\/guides\/runbook\.md#(\S+)/g)].map(([, anchor]) => anchor!);
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^a-z0-9 ]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(chapters).toHaveLength(alerts.match(/- alert:/g)!.length);
    expect(chapters.filter((chapter) => !headings.includes(chapter))).toEqual([]);
  });
});

const promtool = (...args: string[]) => spawnSync('promtool', args, { encoding: 'utf8' });
const noPromtool =
  promtool('--version').error === undefined ? undefined : 'promtool is not installed: apt-get install prometheus';
if (noPromtool !== undefined) console.info(`Skipped: ${noPromtool}.`);

describe.skipIf(noPromtool !== undefined)(
  `Prometheus’ own tool${noPromtool === undefined ? '' : ` (skipped: ${noPromtool})`}`,
  () => {
    it('finds that each alert fires at what it is for, and at nothing else', () => {
      const { status, stdout, stderr } = promtool('test', 'rules', join(root, 'deploy/prometheus/alerts.test.yaml'));
      expect(stdout + stderr).not.toMatch(/FAILED/);
      expect(status).toBe(0);
      const tested = read('deploy/prometheus/alerts.test.yaml');
      const names = [...alerts.matchAll(/- alert: (\S+)/g)].map(([, name]) => name!);
      expect(names.filter((name) => !tested.includes(`alertname: ${name}\n`))).toEqual([]);
    }, 60_000);

    it('takes every question of the dashboard', () => {
      const exprs = [...dashboard.matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string);
      expect(exprs.length).toBeGreaterThan(10);
      const folder = mkdtempSync(join(tmpdir(), 'ledgerpost-dashboard-'));
      try {
        const file = join(folder, 'rules.json');
        const rules = exprs.map((expr, n) => ({ record: `panel:${n}`, expr }));
        writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
        const { status, stdout, stderr } = promtool('check', 'rules', file);
        expect(stdout + stderr).toContain(`${exprs.length} rules found`);
        expect(status).toBe(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }, 60_000);
  },
);
