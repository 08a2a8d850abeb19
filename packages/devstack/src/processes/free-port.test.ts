import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, isFreePort } from './free-port.ts';

/** The first port that this system gives to outgoing connections. */
function firstOutgoing(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split('\t')[0]);
  } catch {
    return 49_152;
  }
}

it('a free port is none that an outgoing connection may have by the time a service restarts on it', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  expect(Math.max(...ports)).toBeLessThan(firstOutgoing());
  expect(new Set(ports).size).toBeGreaterThan(15);
});

it('a port is not free while a program listens there, and is once it has ended', async () => {
  const port = await freePort();
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await isFreePort(port)).toBe(false);
  await new Promise((resolve) => connect(port, '127.0.0.1').on('close', resolve));
  await new Promise((resolve) => server.close(resolve));
  expect(await isFreePort(port)).toBe(true);
});
