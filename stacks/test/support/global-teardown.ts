import { rmSync } from 'node:fs';
import { sharedFolder } from './shared-synthesis';

export default function tearDown(): void {
  rmSync(sharedFolder() ?? '', { recursive: true, force: true });
}
