export { makeSimulatedBooks, type SimulatedBooks } from '../demo/simulated-books.ts';
export { settings as settingsForFiles } from './books.ts';
export { lifeGoesOn } from './life-goes-on.ts';
export { type Random, randomFrom } from './random.ts';
export { type SampleCompany, sampleCompany } from './sample-company.ts';
