import { readFileSync } from 'node:fs';
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
  .filter(({ path }) => /^apps\/(api|worker)\/src\/metrics\.ts$/.test(path))
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
