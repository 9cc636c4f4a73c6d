/** Proves that the composite workflow runs one sub-workflow a name and gives their outputs in the order of the names. */
import * as schemas from '../../src/schemas';
import { atOnce, target, workflows } from '../support/context';
import { expectBody } from '../support/expectations';
import { it } from '../support/it';

const { api } = workflows;

async function runComposite(body: unknown) {
  const { id } = expectBody(await api.post('compositeWorkflows', body), 202, schemas.startedWorkflow);
  return workflows.endedWorkflow(id, 60_000, 'compositeWorkflows');
}

describe('POST /compositeWorkflows', () => {
  it('answers 202 with id, url and Location, and the url shows the workflow', async () => {
    const answer = await api.post('compositeWorkflows', { names: ['one'] });

    const { id, url, status } = expectBody(answer, 202, schemas.startedWorkflow);
    expect(status).toBe('RUNNING');
    expect(url).toBe(`${target.workflowApiEndpoint}compositeWorkflows/${id}`);
    expect(answer.headers.get('location')).toBe(url);
    expect((await workflows.workflow(id, 'compositeWorkflows')).id).toBe(id);
  });

  it('runs corge and grault when no names are given', async () => {
    const { status, externalServiceOutput } = await runComposite({});

    expect(status).toBe('SUCCEEDED');
    expect(externalServiceOutput).toHaveLength(2);
    expect(JSON.stringify(externalServiceOutput[0])).toContain('corge');
    expect(JSON.stringify(externalServiceOutput[1])).toContain('grault');
  });

  it(`returns ${atOnce.subWorkflows} outputs in the order of ${atOnce.subWorkflows} names`, async () => {
    const names = Array.from({ length: atOnce.subWorkflows }, (_, n) => `name-${n}`);

    const { status, externalServiceOutput } = await runComposite({ names });

    expect(status).toBe('SUCCEEDED');
    expect(externalServiceOutput).toHaveLength(atOnce.subWorkflows);
    for (const [n, output] of externalServiceOutput.entries()) {
      expect(JSON.stringify(output)).toContain(JSON.stringify(names[n]));
    }
  }, 90_000);

  it('runs equal names as separate sub-workflows', async () => {
    const { externalServiceOutput } = await runComposite({ names: ['same', 'same', 'same'] });

    expect(externalServiceOutput).toHaveLength(3);
  });

  it('takes names in any script and with any character', async () => {
    const { status, externalServiceOutput } = await runComposite({ names: ['<b>&"\'{}', '名前', '__proto__'] });

    expect(status).toBe('SUCCEEDED');
    expect(externalServiceOutput).toHaveLength(3);
  });
});
