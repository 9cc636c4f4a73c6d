import type { State } from '../program/program';
import type { DataFlowStep } from '../runtime/trial';
import type { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import type { InspectionData, InspectionErrorDetails } from './options';

const NUMBERS: ReadonlySet<string> = new Set<DataFlowStep>([
  'maxConcurrency',
  'toleratedFailureCount',
  'toleratedFailurePercentage',
]);

/** Steps that only a state written in JSONPath has. */
const JSONPATH_ONLY: ReadonlySet<string> = new Set<DataFlowStep>([
  'afterInputPath',
  'afterItemsPath',
  'afterResultSelector',
  'afterResultPath',
]);

/**
 * Collects what each step of a state's data flow gave, and shows of it what AWS shows of a state of this kind, which is
 * not all that its guide names: what is left out here was missing from AWS's answers too.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html
 */
export class Inspection {
  readonly #state: State;
  readonly #seen = new Map<DataFlowStep, JsonValue>();
  readonly #texts: ReadonlyMap<JsonValue, string>;
  #errorDetails: InspectionErrorDetails | undefined;

  /** @param given Values that came as text: where they are passed on, they are shown in the very text. */
  constructor(state: State, given: readonly Data[]) {
    this.#state = state;
    this.#texts = new Map(given.map(({ text, value }) => [value, text]));
  }

  textOf(value: JsonValue): string {
    return this.#texts.get(value) ?? JSON.stringify(value);
  }

  saw(step: DataFlowStep, value: JsonValue): void {
    this.#seen.set(step, value);
  }

  sawError(details: InspectionErrorDetails): void {
    this.#errorDetails = { ...this.#errorDetails, ...details };
  }

  data(variables: Readonly<Record<string, JsonValue>>): InspectionData {
    const steps = [...this.#seen]
      .filter(([step]) => this.#shows(step))
      .map(([step, value]) => [this.#nameOf(step), NUMBERS.has(step) ? value : this.textOf(value)]);
    return {
      ...Object.fromEntries(steps),
      ...(Object.keys(variables).length === 0 ? {} : { variables: JSON.stringify(variables) }),
      ...(this.#errorDetails === undefined ? {} : { errorDetails: this.#errorDetails }),
    };
  }

  #shows(step: DataFlowStep): boolean {
    const { language, type } = this.#state;
    if (language === 'JSONata' && (type === 'Pass' ? step !== 'input' : JSONPATH_ONLY.has(step))) {
      return false;
    }
    const hasInput = step === 'afterInputPath' || step === 'afterParameters';
    switch (type) {
      case 'Pass':
        return this.#state.result === undefined ? step !== 'result' : !hasInput;
      case 'Map':
        return step !== 'result';
      case 'Parallel':
        return step !== 'result' && !hasInput;
      default:
        return true;
    }
  }

  #nameOf(step: DataFlowStep): string {
    return step === 'afterParameters' && this.#state.language === 'JSONata' ? 'afterArguments' : step;
  }
}
