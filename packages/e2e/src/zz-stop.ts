import { buildGates, shutGate } from './gates.ts';
import { newCompany, startSystem, untilState } from './system.ts';
const system = await startSystem({}, { shared: true });
try {
  await system.startApi(); const worker = await system.startWorker(); await buildGates(system.sql);
  await newCompany(system, 'stop', 100);
  const gate = await shutGate(system.sql, 'stop', 'freeze');
  const { body } = await system.call<any>('POST', '/v1/companies/stop/targets/saasant/batches', {});
  await gate.reached();
  const t = Date.now(); const say = (w: string) => console.log(((Date.now() - t) / 1000).toFixed(1), w);
  void worker.ended.then(({ code, signal }) => say(`worker ended ${code} ${signal}`));
  process.kill(worker.pid, 'SIGTERM'); say('SIGTERM');
  await new Promise((r) => setTimeout(r, Number(process.argv[2] ?? 2000)));
  await gate.open(); say('gate open');
  await worker.ended;
  await system.startWorker(); say('other worker');
  const b = await untilState(system, 'stop', body.batch.id, ['posted', 'posted-in-part', 'failed']); say(b.state);
} finally { await system.stop(); }
