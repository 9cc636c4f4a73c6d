import type { PatternId } from '@workflows/contract';
import { useState } from 'preact/hooks';
import { JsonField, parseJson } from '../../components/json-field';
import { Submit } from './fields';
import { useStart } from './use-start';

interface ExampleFormProps {
  readonly id: PatternId;
  readonly example: Readonly<Record<string, unknown>>;
}

/** Starts any pattern, with its example to begin with. */
export function ExampleForm({ id, example }: ExampleFormProps) {
  const [input, setInput] = useState(JSON.stringify(example, undefined, 2));
  const starting = useStart(id);
  const parsed = parseJson(input)?.value;
  const wrong = typeof parsed !== 'object' || parsed === null || Array.isArray(parsed);
  const submit = (event: Event) => {
    event.preventDefault();
    starting.start(parsed as Readonly<Record<string, unknown>>);
  };
  return (
    <form onSubmit={submit}>
      <JsonField label="Input (a JSON object)" value={input} set={setInput} />
      <Submit starting={starting} invalid={wrong} />
    </form>
  );
}
