import type { StateType } from '../document/state-machine';
import type { ActiveState, Branch } from './branch';
import type { Runtime } from './runtime';

/** States that AWS reports as aborted when something outside them ends them. */
const ABORTABLE: ReadonlySet<StateType> = new Set(['Map', 'Parallel', 'Task', 'Wait']);

type Abortable = 'Map' | 'Parallel' | 'Task' | 'Wait';

function isAbortable(type: StateType): type is Abortable {
  return ABORTABLE.has(type);
}

/**
 * Ends what still runs inside a Parallel or Map state of which a branch failed, the failed branch's own state first.
 * All events name the failed branch's last one as their predecessor.
 */
export function abortChildren(runtime: Runtime, active: ActiveState, failed: Branch): void {
  const previous = failed.lastEventId;
  abortState(runtime, failed, previous);
  for (const child of active.children ?? []) {
    if (child !== undefined && child !== failed && child.outcome === undefined) {
      const item = child.place.mapItem;
      if (active.state.type === 'Map' && item !== undefined) {
        const details = { name: active.state.name, index: item.index };
        runtime.emit(child, 'MapIterationAborted', { mapIterationAbortedEventDetails: details }, previous);
      }
      abortState(runtime, child, previous);
      child.cancel();
    }
  }
}

function abortState(runtime: Runtime, branch: Branch, previous: number): void {
  const { active } = branch;
  if (active === undefined || !isAbortable(active.state.type)) {
    return;
  }
  for (const child of active.children ?? []) {
    // What failed before it was aborted has ended its other branches already.
    if (child !== undefined && child.outcome === undefined && !child.cancelled) {
      abortState(runtime, child, previous);
    }
  }
  const last = branch.lastEventId;
  runtime.emit(branch, `${active.state.type}StateAborted`, {}, previous);
  branch.lastEventId = last;
}
