import { ErrorName, FieldError, StateFailure } from '../failures';
import type { ActiveState, Branch } from './branch';
import { FatalFailure } from './fatal-failure';
import type { Runtime } from './runtime';
import type { Steps } from './suspension';

/**
 * Turns what a state's interpretation threw into the state's failure. A JSONata error leaves an `EvaluationFailed`
 * event; a `States.Runtime` error ends the execution, whatever `Retry` and `Catch` say.
 *
 * @throws {@link FatalFailure}, and whatever is no failure of the state.
 */
export function failureOf(runtime: Runtime, branch: Branch, active: ActiveState, thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) {
    return thrown;
  }
  if (!(thrown instanceof FieldError)) {
    throw thrown;
  }
  const { error, location, message } = thrown;
  const { name } = active.state;
  const place = `An error occurred while executing the state '${name}' (entered at the event id #${active.enteredEventId}). `;
  // A state that is tested by itself was never entered.
  const cause = runtime.trial === undefined ? place + message : message;
  if (error === ErrorName.RUNTIME) {
    throw new FatalFailure(error, cause, branch);
  }
  if (error === ErrorName.QUERY_EVALUATION_ERROR) {
    const details = { error, cause, ...(location === undefined ? {} : { location }), state: name };
    // Without a field to blame, AWS names the event before the state was entered as the predecessor.
    const previous = location === undefined ? active.cameFromEventId : branch.lastEventId;
    runtime.emit(branch, 'EvaluationFailed', { evaluationFailedEventDetails: details }, previous);
  }
  if (error === ErrorName.REFERENCE_PATH_CONFLICT) {
    // The one message that AWS does not put the state in front of.
    return new StateFailure(error, message, ErrorName.RESULT_PATH_MATCH_FAILURE);
  }
  return new StateFailure(error, cause);
}

/** As recorded, an execution that ends when a state makes its output out of its result names the event of the result. */
export function* blaming<T>(branch: Branch, resultEventId: number, steps: Steps<T>): Steps<T> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof FieldError && error.error === ErrorName.RUNTIME) {
      branch.lastEventId = resultEventId;
    }
    throw error;
  }
}
