import { DEFAULT_NAMES, FIBONACCI, MAX_DELAY_SECONDS, MAX_NAMES } from '@workflows/contract';
import { useState } from 'preact/hooks';
import { JsonField, parseJson } from '../../components/json-field';
import { NumberField, Submit } from './fields';
import { useStart } from './use-start';

const { defaultCount } = FIBONACCI;

export function CompositeForm() {
  const [text, setText] = useState(DEFAULT_NAMES.join('\n'));
  const starting = useStart('composite');
  const names = text.split('\n').flatMap((line) => line.trim() || []);
  const wrong = names.length === 0 || names.length > MAX_NAMES;
  const submit = (event: Event) => {
    event.preventDefault();
    starting.start({ names });
  };
  return (
    <form onSubmit={submit}>
      <label class="field">
        <span class="label">Names, one per line</span>
        <textarea
          class="mono"
          rows={6}
          value={text}
          aria-invalid={wrong}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span class="field-note">
          {names.length} of at most {MAX_NAMES}; each becomes the input of one sub-workflow.
        </span>
      </label>
      <Submit starting={starting} invalid={wrong} />
    </form>
  );
}

export function IdempotentForm() {
  const [name, setName] = useState('order-7');
  const [delaySeconds, setDelaySeconds] = useState<number | undefined>(10);
  const [input, setInput] = useState('{"order": 7}');
  const starting = useStart('idempotent');
  const parsed = parseJson(input)?.value;
  const wrong = typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || name === '';
  const submit = (event: Event) => {
    event.preventDefault();
    starting.start({ name, input: { ...(parsed as object), ...(delaySeconds === undefined ? {} : { delaySeconds }) } });
  };
  return (
    <form onSubmit={submit}>
      <p class="quiet">
        Send it twice with the same name and input: both requests return the same execution. A different input is
        rejected.
      </p>
      <label class="field">
        <span class="label">Name</span>
        <input value={name} maxLength={80} spellcheck={false} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <JsonField label="Input (a JSON object)" value={input} set={setInput} />
      <NumberField label="Takes (seconds)" value={delaySeconds} set={setDelaySeconds} min={0} max={MAX_DELAY_SECONDS} />
      <Submit starting={starting} invalid={wrong} />
    </form>
  );
}

export function LambdaForm() {
  const [count, setCount] = useState<number | undefined>(8);
  const starting = useStart('lambda');
  const submit = (event: Event) => {
    event.preventDefault();
    starting.start(count === undefined ? {} : { count });
  };
  return (
    <form onSubmit={submit}>
      <NumberField
        label="Count of numbers"
        value={count}
        set={setCount}
        min={FIBONACCI.minCount}
        max={FIBONACCI.maxCount}
        hint={`Leave empty for a random count from ${defaultCount.min} to ${defaultCount.max}.`}
      />
      <Submit starting={starting} />
    </form>
  );
}
