import { inView, laneInView, way } from '../../src/ui/views/execution/in-view';
import type { Lane, Visit, VisitStatus } from '../../src/wire/types';

const visit = (id: number, state: string, status: VisitStatus, more: Partial<Visit> = {}): Visit => ({
  id,
  state,
  type: 'Pass',
  status,
  enteredAt: id,
  attempts: [],
  rounds: [],
  ...more,
});
const lane = (index: number, status: Lane['status'], visits: Visit[]): Lane => ({
  index,
  status,
  visits,
  startedAt: 0,
});

const map = visit(2, 'Each', 'running', {
  type: 'Map',
  rounds: [
    [
      lane(2, 'failed', [visit(7, 'Inside', 'failed')]),
      lane(0, 'succeeded', [visit(5, 'Inside', 'succeeded')]),
      lane(1, 'running', [visit(6, 'Inside', 'running')]),
    ],
  ],
});

describe('what the graph shows', () => {
  it('is the iteration that was chosen', () => {
    expect(inView([map], new Map([[2, 0]])).visits.get('Inside')?.status).toBe('succeeded');
  });

  it('is the iteration that failed, until one is chosen', () => {
    expect(laneInView(map, new Map())?.index).toBe(2);
    expect(inView([map], new Map()).visits.get('Inside')?.id).toBe(7);
  });

  it('is the last visit of a state that was entered again, and how often it was', () => {
    const view = inView(
      [visit(1, 'Try', 'caught'), visit(3, 'Pause', 'succeeded'), visit(4, 'Try', 'running')],
      new Map(),
    );
    expect(view.visits.get('Try')?.id).toBe(4);
    expect(view.entered.get('Try')).toBe(2);
    expect([...view.taken]).toEqual([way('Try', 'Pause'), way('Pause', 'Try')]);
  });

  it('is every branch of a Parallel', () => {
    const both = visit(1, 'Both', 'running', {
      type: 'Parallel',
      rounds: [[lane(0, 'running', [visit(2, 'Left', 'running')]), lane(1, 'running', [visit(3, 'Right', 'waiting')])]],
    });
    expect([...inView([both], new Map()).visits.keys()]).toEqual(['Both', 'Left', 'Right']);
  });
});
