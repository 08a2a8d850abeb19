import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { metricsAddressFrom, serveMetrics } from './serve-metrics.ts';

describe('the metrics of a worker', () => {
  it('are served to this machine only, unless METRICS_HOST names another address', () => {
    expect(metricsAddressFrom({ METRICS_PORT: '4611' })).toEqual({ host: '127.0.0.1', port: 4611 });
    expect(metricsAddressFrom({ METRICS_PORT: '4611', METRICS_HOST: '0.0.0.0' })).toEqual({ host: '0.0.0.0', port: 4611 });
    expect(metricsAddressFrom({ METRICS_HOST: '0.0.0.0' })).toBeUndefined();
  });

  it('listen on that address and no other', async () => {
    const server = await serveMetrics({ ...metricsAddressFrom({ METRICS_PORT: '1' })!, port: 0 });
    try {
      const { address, port } = server.address() as AddressInfo;
      expect(address).toBe('127.0.0.1');
      expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('ledgerpost_worker_targets');
      expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
      await expect(fetch(`http://127.0.0.2:${port}/health/live`)).rejects.toThrow();
    } finally {
      server.close();
    }
  });
});
