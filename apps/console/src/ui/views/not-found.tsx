import { Empty } from '../components/empty';
import { Title } from '../components/title';

export function NotFound() {
  return (
    <>
      <Title text="Not found" />
      <Empty heading="Page not found">
        Back to <a href="/">the executions</a>.
      </Empty>
    </>
  );
}
