import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';
import { type Switches, switches } from './switches.ts';

const usage = `qbo-simulator [options]

  --port 4010            where to listen, on loopback
  --host 127.0.0.1
  --company NAME         a company to start with, unless there is one of that name; may be given several times
  --data FOLDER          where books and grants are kept between starts; in memory when left out
  --seed 1               for tokens and for faults by probability
  --starts-at TIME       a fixed time, moved by POST /_control/clock alone
  --limits off           no throttling
  --latency 0            milliseconds that every answer takes at least
  --client ID:SECRET     an app that may connect; simulator-client:simulator-secret when left out
  --switch NAME=CHOICE   how an unverified point behaves; may be given several times
  --webhook URL          an app that is told of changes; may be given with --verifier-token
  --verifier-token TOKEN what its notices are signed with; simulator-verifier when left out
  --switches             lists the switches and ends`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    company: { type: 'string', multiple: true, default: [] },
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'starts-at': { type: 'string' },
    limits: { type: 'string' },
    latency: { type: 'string', default: '0' },
    client: { type: 'string', multiple: true },
    switch: { type: 'string', multiple: true, default: [] },
    webhook: { type: 'string' },
    'verifier-token': { type: 'string', default: 'simulator-verifier' },
    switches: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else if (values.switches) {
  for (const [name, one] of Object.entries(switches))
    console.log(`${name}: ${one.choices.join(' | ')} (${one.grade})\n    ${one.about}`);
} else {
  const chosen = Object.fromEntries(values.switch.map((one) => one.split('=', 2))) as Partial<Switches>;
  const clients = values.client?.map((one) => {
    const [id = '', secret = ''] = one.split(':');
    return { id, secret };
  });
  const simulator = await startSimulator({
    port: Number(values.port),
    host: values.host,
    seed: Number(values.seed),
    latency: Number(values.latency),
    switches: chosen,
    ...(values.limits === 'off' ? { limits: 'off' as const } : {}),
    ...(values.webhook === undefined ? {} : { webhook: { url: values.webhook, verifierToken: values['verifier-token'] } }),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values['starts-at'] === undefined ? {} : { startsAt: values['starts-at'] }),
    ...(clients === undefined ? {} : { clients }),
  });
  for (const companyName of values.company) {
    const known = simulator.control.companies().find((company) => company.companyName === companyName);
    const { realmId } = known ?? simulator.control.createCompany({ companyName });
    console.log(`${companyName}: realm ${realmId}`);
  }
  console.log(`QuickBooks Online, simulated, at ${simulator.apiUrl}/{realm}; its control at ${simulator.url}/_control`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop());
}
