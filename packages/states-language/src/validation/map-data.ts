import { isObject } from '../values/json';
import { type FieldCheck, object, string, template } from './fields';

type Fields = Readonly<Record<string, FieldCheck>>;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const itemReader: FieldCheck = withFields({ Resource: string, ReaderConfig: object }, ['Resource']);

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export const resultWriter: FieldCheck = withFields({ Resource: string, WriterConfig: object }, []);

/** An object of these fields, and of what it gives to the API that it names. */
function withFields(fields: Fields, required: readonly string[]): FieldCheck {
  return (value, location, report, language) => {
    if (!isObject(value)) {
      object(value, location, report, language);
      return;
    }
    const known: Fields = { ...fields, [language === 'JSONata' ? 'Arguments' : 'Parameters']: template };
    for (const [field, inner] of Object.entries(value)) {
      const check = Object.hasOwn(known, field) ? known[field] : undefined;
      if (check === undefined) {
        report.unsupported(field, location);
      } else {
        check(inner, `${location}/${field}`, report, language);
      }
    }
    const missing = required.filter((field) => value[field] === undefined);
    if (missing.length > 0) {
      report.schema(`These fields are required: [${missing.join(', ')}]`, location);
    }
  };
}
