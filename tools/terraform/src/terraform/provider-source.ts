/** Where providers come from. */
import { MIRROR_VARIABLE, REGISTRY, type RequiredProvider } from './provider-mirror';

export type ProviderSource =
  | { readonly kind: 'registry' }
  | { readonly kind: 'cli-config' }
  | { readonly kind: 'implied-mirror' }
  | { readonly kind: 'mirror'; readonly directory: string };

const PLACES: Readonly<Record<ProviderSource['kind'], string>> = {
  registry: `the registry cannot be reached and there is no folder ${REGISTRY} below the usual roots (home, /opt, /usr/local, /usr/share, /usr/lib, /var/lib, /srv)`,
  'cli-config': "the provider_installation of Terraform's CLI configuration does not offer it",
  'implied-mirror': "the mirror in Terraform's plugin directory could not be used",
  mirror: 'the provider mirror on this disk could not be used',
};

/** One line: what is missing, where it was looked for, and what to do. */
export function describe(source: ProviderSource, required: readonly RequiredProvider[], log: string): string {
  return `No provider ${names(required)}: ${PLACES[source.kind]}. Connect to the network, or put a mirror (terraform providers mirror) on this disk and name the folder above ${REGISTRY} in ${MIRROR_VARIABLE}. ${log} contains the output of Terraform.`;
}

/** Such as `hashicorp/aws >= 5.100.0, < 7.0.0`. */
export function names(required: readonly RequiredProvider[]): string {
  return required.map(({ source, version }) => `${source} ${version}`).join(' or ');
}
