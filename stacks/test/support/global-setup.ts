import { createApp, readConfig } from '../../src';
import { makeSharedFolder, SHARED_ENVIRONMENTS, sharedOutdir } from './shared-synthesis';

export default function setUp(): void {
  makeSharedFolder();
  for (const environment of SHARED_ENVIRONMENTS) {
    createApp(readConfig(environment), { outdir: sharedOutdir(environment) ?? '' }).synth();
  }
}
