/** Tells names apart that are generated within one tick of the clock. */
let count = 0;

/**
 * A name as Terraform generates it where none is given: a prefix, the time to a ten-thousandth of a second, and a
 * counter.
 */
export function generatedName(prefix: string): string {
  count++;
  const instant = new Date().toISOString().replaceAll(/\D/g, '');
  return `${prefix}${instant}0${count.toString(16).padStart(8, '0')}`;
}
