import { isObject, type JsonValue } from '../values/json';

/** Visits the texts of a template at every depth, with the location of each. */
export function eachText(template: JsonValue, location: string, visit: (text: string, location: string) => void): void {
  if (typeof template === 'string') {
    visit(template, location);
  } else if (Array.isArray(template)) {
    template.forEach((item, index) => {
      eachText(item, `${location}[${index}]`, visit);
    });
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      eachText(value, `${location}/${key}`, visit);
    }
  }
}
