/**
 * Names as the AWS SDK for Java, version 2, derives them from the model of a service. Step Functions calls other
 * services with that SDK, so these are the names that states read and write: `BOOL` is `Bool`, `DBInstanceIdentifier`
 * is `DbInstanceIdentifier`, `MD5OfMessageBody` is `Md5OfMessageBody`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function javaName(name: string): string {
  return SPECIAL_NAMES.get(name) ?? words(name).map(capitalizedWord).join('');
}

/** The SDK renames these members by hand. */
const SPECIAL_NAMES = new Map([
  ['NULL', 'Nul'],
  ['equals', 'EqualsValue'],
]);

/** As the prefix of errors: `DynamoDb`, `Sns`, `CloudWatchLogs`; the word Service at the end of a service's id is left out. */
export function javaServiceName(serviceId: string): string {
  return javaName(serviceId.replace(/ Service$/, ''));
}

/** Every exception ends in `Exception`: `NoSuchKey` is `NoSuchKeyException`, `DBClusterNotFoundFault` `DbClusterNotFoundException`. */
export function javaExceptionName(errorName: string): string {
  return `${javaName(errorName.replace(/(Exception|Fault)$/, ''))}Exception`;
}

/** Acronyms are words, and a number ends one: `ACMSuccess` → ACM Success, `S3Bucket` → S3 Bucket, `TESTv4` → TEST v4. */
function words(name: string): string[] {
  return name
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .replaceAll(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replaceAll(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, ' ')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([0-9])([a-zA-Z])/g, '$1 $2')
    .trim()
    .split(/ +/);
}

const capitalizedWord = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
