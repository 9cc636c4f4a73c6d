import { platformName } from '../../src/terraform/provider-mirror';
import type { Folder } from './folder';

/** A mirror that holds the AWS provider for this platform, unpacked; returns the folder to name in the configuration. */
export function mirrorOf(folder: Folder, name = 'mirror', version = '5.100.0'): string {
  folder.write(`${name}/registry.terraform.io/hashicorp/aws/${version}/${platformName()}/terraform-provider-aws`, '');
  return folder.folder(name);
}
