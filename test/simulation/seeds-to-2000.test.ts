import { testSeeds } from './run-seeds.ts';

testSeeds(1_001, 1_000);
