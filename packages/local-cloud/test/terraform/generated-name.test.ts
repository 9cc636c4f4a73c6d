import type { Cloud } from '../../src/cloud';
import { Iam } from '../../src/iam';
import { iamResources } from '../../src/terraform/resources/iam';
import { resourcesWithoutEffect } from '../../src/terraform/resources/without-effect';

const GENERATED = /^terraform-\d{18}[\da-f]{8}$/;

describe('a resource without a name', () => {
  const create = async (type: string, body: Record<string, string>) => {
    const found = [...iamResources, ...resourcesWithoutEffect].find((it) => it.type === type);
    const cloud = { iam: new Iam(), region: 'us-east-1' } as unknown as Cloud;
    return found?.create(body, { cloud, stackName: 'stack', directory: '.', address: `${type}.one` });
  };
  const trust = { assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' };

  it('has one as Terraform generates it, another for each', async () => {
    const first = await create('aws_cloudwatch_log_group', {});
    const second = await create('aws_cloudwatch_log_group', {});

    expect(first?.name).toMatch(GENERATED);
    expect(second?.name).toMatch(GENERATED);
    expect(second?.name).not.toBe(first?.name);
  });

  it('has its own in its ARN', async () => {
    const role = await create('aws_iam_role', trust);

    expect(role?.name).toMatch(GENERATED);
    expect(role?.arn).toBe(`arn:aws:iam::000000000000:role/${role?.name}`);
  });

  it('has one that begins with a prefix', async () => {
    expect((await create('aws_iam_role', { ...trust, name_prefix: 'app-' }))?.name).toMatch(/^app-\d{18}[\da-f]{8}$/);
  });

  it('keeps the one that it has, and refuses a prefix beside it', async () => {
    expect((await create('aws_iam_role', { ...trust, name: 'mine' }))?.name).toBe('mine');
    await expect(create('aws_iam_role', { ...trust, name: 'mine', name_prefix: 'app-' })).rejects.toThrow(
      'name_prefix',
    );
  });
});
