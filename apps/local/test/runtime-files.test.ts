import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCloud } from '@workflows/local-cloud';
import { RuntimeFiles } from '../src/runtime-files';

const cloud = {
  endpoint: 'http://127.0.0.1:4566',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  outputs: { Stack: { Endpoint: 'http://127.0.0.1:4567/prod/' } },
} as unknown as LocalCloud;

describe('the files of a runtime', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'local-test-'));
  });

  it('tell where it is', () => {
    const files = new RuntimeFiles(directory);
    files.write(cloud);
    expect(JSON.parse(readFileSync(files.outputs, 'utf8'))).toEqual({
      Stack: { Endpoint: 'http://127.0.0.1:4567/prod/' },
    });
    expect(readFileSync(files.environment, 'utf8')).toBe(
      'AWS_ENDPOINT_URL=http://127.0.0.1:4566\nAWS_REGION=eu-west-1\nAWS_ACCESS_KEY_ID=key\nAWS_SECRET_ACCESS_KEY=secret\n',
    );
    files.remove();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of another runtime stay when this one did not get to write its own', () => {
    writeFileSync(join(directory, 'outputs.json'), '{}');
    new RuntimeFiles(directory).remove();
    expect(readdirSync(directory)).toEqual(['outputs.json']);
  });

  it('of an earlier run are not mixed with those of this one', () => {
    const files = new RuntimeFiles(directory);
    files.removeOldLogs();
    writeFileSync(join(files.logsDir, 'old.log'), 'x');
    files.removeOldLogs();
    expect(readdirSync(files.logsDir)).toEqual([]);
  });
});
