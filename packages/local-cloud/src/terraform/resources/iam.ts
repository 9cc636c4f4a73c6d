import { blocks, flag, number, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

/** `arn:aws:iam::000000000000:role/path/name` or a bare name: `aws_iam_role.id` is the name. */
const nameIn = (role: string) => role.slice(role.lastIndexOf('/') + 1);

export const iamResources = [
  resourceType({
    type: 'aws_iam_role',
    generatesName: true,
    arguments: {
      name: text,
      assume_role_policy: text,
      description: optional(text),
      force_detach_policies: optional(flag),
      inline_policy: optional(blocks({ name: text, policy: text }), []),
      max_session_duration: optional(number),
      path: optional(text, '/'),
      tags: optional(tags),
    },
    create: ({ assume_role_policy, inline_policy, name, path }, { cloud: { iam } }) => {
      const arn = iam.createRole(name, assume_role_policy, path);
      for (const inline of inline_policy) {
        iam.putRolePolicy(name, inline.name, inline.policy);
      }
      return { arn, id: name, unique_id: `AROA${name}` };
    },
  }),
  resourceType({
    type: 'aws_iam_role_policy',
    generatesName: true,
    arguments: { name: text, policy: text, role: text },
    create: ({ name, policy, role }, { cloud: { iam } }) => {
      iam.putRolePolicy(nameIn(role), name, policy);
      return { id: `${nameIn(role)}:${name}`, name };
    },
  }),
  resourceType({
    type: 'aws_iam_policy',
    generatesName: true,
    arguments: {
      name: text,
      policy: text,
      description: optional(text),
      path: optional(text, '/'),
      tags: optional(tags),
    },
    create: ({ name, path, policy }, { cloud: { iam } }) => {
      const arn = iam.createPolicy(name, policy, path);
      return { arn, id: arn };
    },
  }),
  resourceType({
    type: 'aws_iam_role_policy_attachment',
    arguments: { policy_arn: text, role: text },
    create: ({ policy_arn, role }, { cloud: { iam } }) => {
      iam.attachRolePolicy(nameIn(role), policy_arn);
      return { id: `${nameIn(role)}-${policy_arn}` };
    },
  }),
];
