import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { globalSetup: ['../devstack/src/vitest-setup.ts'], pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000 },
});
