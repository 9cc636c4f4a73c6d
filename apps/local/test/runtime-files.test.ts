import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

  it('of another runtime stay when that one came later', () => {
    const [mine, theirs] = [new RuntimeFiles(directory), new RuntimeFiles(directory)];
    mine.write(cloud);
    theirs.write({ ...cloud, endpoint: 'http://127.0.0.1:4600' } as LocalCloud);
    mine.remove();
    expect(readdirSync(directory).sort()).toEqual(['aws.env', 'outputs.json']);
  });

  it('tell that another runtime serves from the directory, as long as it answers', async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    new RuntimeFiles(directory).write({ ...cloud, endpoint } as LocalCloud);
    const files = new RuntimeFiles(directory);
    expect(await files.servedBy()).toBe(endpoint);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    expect(await files.servedBy()).toBeUndefined();
  });

  it('are nobody’s in a directory without any', async () => {
    expect(await new RuntimeFiles(directory).servedBy()).toBeUndefined();
  });

  it('of an earlier run are not mixed with those of this one', () => {
    const files = new RuntimeFiles(directory);
    files.removeOldLogs();
    writeFileSync(join(files.logsDir, 'old.log'), 'x');
    files.removeOldLogs();
    expect(readdirSync(files.logsDir)).toEqual([]);
  });
});
