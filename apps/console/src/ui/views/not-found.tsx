import { Empty } from '../components/empty';
import { Title } from '../components/title';

export function NotFound() {
  return (
    <>
      <Title text="Nothing here" />
      <Empty heading="There is no such page">
        Back to <a href="/">the executions</a>.
      </Empty>
    </>
  );
}
