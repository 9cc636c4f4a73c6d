import { findDrift, KNOWN_DRIFT } from '../../src/deploy/known-drift';
import { parsePlan } from '../../src/terraform/plan-file';

const planOf = (type: string, change: object) =>
  parsePlan(
    JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.11.4',
      resource_changes: [{ address: `${type}.it`, mode: 'managed', type, name: 'it', change }],
    }),
  );

const update = (before: object, after: object, after_unknown: object = {}) => ({
  actions: ['update'],
  before,
  after,
  after_unknown,
});

describe('findDrift', () => {
  it('finds nothing where nothing would change', () => {
    expect(findDrift(planOf('aws_iam_role', { actions: ['no-op'], before: {}, after: {} }), KNOWN_DRIFT)).toEqual([]);
  });

  it('knows what the emulator does not report, and why', () => {
    const plan = planOf(
      'aws_sfn_state_machine',
      update({ name: 'a', tracing_configuration: [] }, { name: 'a', tracing_configuration: [{ enabled: true }] }),
    );

    expect(findDrift(plan, KNOWN_DRIFT)).toEqual([
      {
        address: 'aws_sfn_state_machine.it',
        type: 'aws_sfn_state_machine',
        attributes: ['tracing_configuration'],
        reason: expect.stringContaining('MiniStack'),
      },
    ]);
  });

  it('does not excuse another attribute beside a known one', () => {
    const plan = planOf(
      'aws_sfn_state_machine',
      update({ definition: 'a' }, { definition: 'b' }, { tracing_configuration: [{ enabled: true }] }),
    );

    expect(findDrift(plan, KNOWN_DRIFT)).toMatchObject([
      { attributes: ['definition', 'tracing_configuration'], reason: undefined },
    ]);
  });

  it.each([[['create']], [['delete']], [['delete', 'create']]])('never excuses %j', (actions) => {
    const plan = planOf('aws_sfn_state_machine', { actions, before: null, after: null });

    expect(findDrift(plan, KNOWN_DRIFT)).toMatchObject([{ attributes: [], reason: undefined }]);
  });

  it('excuses nothing where nothing is known', () => {
    const plan = planOf('aws_sfn_state_machine', update({ tracing_configuration: [] }, { tracing_configuration: [1] }));

    expect(findDrift(plan, [])).toMatchObject([{ reason: undefined }]);
  });
});
