import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { likeBooks } from './like.ts';
import { startSimulator } from './simulator.ts';
import { type Switches, switches } from './switches.ts';

const usage = `qbo-simulator [options]

  --port 4010            port to listen on, on loopback
  --host 127.0.0.1
  --company NAME         create this company unless it exists; repeat for more companies
  --data FOLDER          folder that keeps books and grants between starts (default: in memory)
  --seed 1               for tokens and for faults by probability
  --starts-at TIME       fixed time, moved only by POST /_control/clock
  --limits off           no throttling
  --latency 0            minimum time of every answer, in milliseconds
  --client ID:SECRET     app that may connect (default: simulator-client:simulator-secret)
  --like FILE            behaves like the books that a contact-<date>.json describes (see qbo-contact)
  --switch NAME=CHOICE   behavior where QuickBooks' own is not known; repeat for more switches
  --webhook URL          app that receives a webhook for every change
  --verifier-token TOKEN token that signs the webhooks (default: simulator-verifier)
  --switches             list the switches`;

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
    like: { type: 'string' },
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
  const like = values.like === undefined ? undefined : likeBooks(readFileSync(values.like, 'utf8'));
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
    switches: { ...like?.switches, ...chosen },
    ...(values.limits === 'off' ? { limits: 'off' as const } : {}),
    ...(values.webhook === undefined ? {} : { webhook: { url: values.webhook, verifierToken: values['verifier-token'] } }),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values['starts-at'] === undefined ? {} : { startsAt: values['starts-at'] }),
    ...(clients === undefined ? {} : { clients }),
  });
  for (const companyName of values.company) {
    const known = simulator.control.companies().find((company) => company.companyName === companyName);
    const { realmId } = known ?? simulator.control.createCompany({ companyName, ...like?.company });
    console.log(`${companyName}: realm ${realmId}`);
  }
  console.log(`Simulated QuickBooks Online: ${simulator.apiUrl}/{realm}. Control: ${simulator.url}/_control`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop());
}
