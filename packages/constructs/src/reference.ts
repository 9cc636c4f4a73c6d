import { DefaultTokenResolver, StringConcat, TerraformResource, TerraformStack, Token, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** An attribute of a Terraform resource or data source, such as `aws_sqs_queue.Queue_1234.url`. */
const ATTRIBUTE = /^\$\{((?:data\.)?(\w+)\.[\w-]+)\.(\w+)\}$/;

interface Attribute {
  /** Type and name, such as `aws_sqs_queue.Queue_1234`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
}

/** The attribute that a token stands for; `undefined` for a literal, and for a token that computes something. */
export function attributeOf(scope: Construct, value: string): Attribute | undefined {
  const text: unknown = Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing: false });
  const [, address, type, name] = ATTRIBUTE.exec(String(text)) ?? [];
  return address === undefined || type === undefined || name === undefined ? undefined : { address, type, name };
}

/**
 * The ARN of what a value names: a literal ARN, a reference to one, or a reference to another attribute of a resource in
 * the same stack. `undefined` when the ARN is not known at synthesis.
 */
export function arnOf(scope: Construct, value: string): string | undefined {
  if (!Token.isUnresolved(value)) {
    return value.startsWith('arn:') ? value : undefined;
  }
  const attribute = attributeOf(scope, value);
  if (attribute?.name.endsWith('arn') === true) {
    return value;
  }
  const resource = TerraformStack.of(scope)
    .node.findAll()
    .find(
      (it) =>
        TerraformResource.isTerraformResource(it) &&
        `${it.terraformResourceType}.${it.friendlyUniqueId}` === attribute?.address,
    );
  return resource !== undefined && 'arn' in resource && typeof resource.arn === 'string' ? resource.arn : undefined;
}
