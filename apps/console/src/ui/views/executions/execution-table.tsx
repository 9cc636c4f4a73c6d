import type { ExecutionRow } from '../../../wire/types';
import { Status } from '../../components/status';
import { Ago, Lasting } from '../../components/time';
import { executionHref } from '../../lib/api';
import { EXECUTION_LOOKS } from '../../lib/status';

export function ExecutionTable({ rows }: { readonly rows: readonly ExecutionRow[] }) {
  return (
    <table class="rows executions">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Execution</th>
          <th scope="col">State machine</th>
          <th scope="col">Started</th>
          <th scope="col" class="right">
            Duration
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.arn}>
            <td class="cell-status">
              <Status look={EXECUTION_LOOKS[row.status]} />
            </td>
            <td class="cell-name">
              <a class="mono" href={executionHref(row)}>
                {row.name}
              </a>
            </td>
            <td class="cell-machine">{row.stateMachine}</td>
            <td class="cell-age">
              <Ago at={row.startDate} />
            </td>
            <td class="cell-duration right">
              <Lasting from={row.startDate} to={row.stopDate} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
