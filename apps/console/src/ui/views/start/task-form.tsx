import { MAX_TIMEOUT_SECONDS } from '@workflows/contract';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { JsonField, parseJson } from '../../components/json-field';
import { useSession } from '../../lib/session';
import { CheckField, NumberField, Submit } from './fields';
import { type Behaviour, INITIAL, mockOf, type Outcome, outcomesFor, settingsFor } from './mock-behaviour';
import { useStart } from './use-start';

const MAX_DELAY_SECONDS = 60;
const MAX_REPEATS = 10;

export function TaskForm() {
  const manual = useSession()?.manual ?? false;
  const { query } = useLocation();
  const asked = outcomesFor(manual).find((it) => it.outcome === query.outcome)?.outcome;
  const [input, setInput] = useState('{"order": 7}');
  const [behaviour, setBehaviour] = useState<Behaviour>({
    ...INITIAL,
    outcome: asked ?? (manual ? 'silent' : 'succeed'),
  });
  const [timeoutSeconds, setTimeoutSeconds] = useState<number | undefined>(300);
  const [heartbeatSeconds, setHeartbeatSeconds] = useState<number | undefined>(undefined);
  const starting = useStart('task');
  const payload = parseJson(input);
  const data = parseJson(behaviour.data);
  const invalid = !isObject(payload?.value) || (settingsFor(behaviour.outcome, manual).data && data === undefined);

  const submit = (event: Event) => {
    event.preventDefault();
    if (!isObject(payload?.value)) {
      return;
    }
    starting.start({
      input: { ...payload.value, mock: mockOf(behaviour, data?.value, manual) },
      ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
      ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
    });
  };

  return (
    <form onSubmit={submit}>
      <JsonField label="Input (a JSON object)" value={input} set={setInput} />
      <BehaviourFields
        behaviour={behaviour}
        set={(change) => setBehaviour({ ...behaviour, ...change })}
        manual={manual}
      />
      <div class="field-row">
        <NumberField
          label="Timeout (seconds)"
          value={timeoutSeconds}
          set={setTimeoutSeconds}
          min={1}
          max={MAX_TIMEOUT_SECONDS}
          hint="Without a callback in this time, the workflow ends with States.Timeout."
        />
        <NumberField
          label="Heartbeat (seconds)"
          value={heartbeatSeconds}
          set={setHeartbeatSeconds}
          min={1}
          max={Math.max(1, (timeoutSeconds ?? MAX_TIMEOUT_SECONDS) - 1)}
          hint="Less than the timeout. Leave empty if the service sends no heartbeats."
        />
      </div>
      <Submit starting={starting} invalid={invalid} />
    </form>
  );
}

interface BehaviourProps {
  readonly behaviour: Behaviour;
  readonly set: (change: Partial<Behaviour>) => void;
  readonly manual: boolean;
}

function BehaviourFields({ behaviour, set, manual }: BehaviourProps) {
  const uses = settingsFor(behaviour.outcome, manual);
  const count = (setting: 'duplicates' | 'heartbeats', label: string) =>
    uses[setting] ? (
      <NumberField
        label={label}
        value={behaviour[setting]}
        set={(value) => set({ [setting]: value ?? 0 })}
        min={0}
        max={MAX_REPEATS}
      />
    ) : null;
  const check = (setting: 'conflicting' | 'wrongToken', label: string) =>
    uses[setting] ? (
      <CheckField label={label} value={behaviour[setting]} set={(value) => set({ [setting]: value })} />
    ) : null;
  return (
    <fieldset>
      <legend>The external service…</legend>
      <div class="choices">
        {outcomesFor(manual).map(({ outcome, label, hint }) => (
          <label key={outcome} class="choice">
            <input
              type="radio"
              name="outcome"
              value={outcome}
              checked={behaviour.outcome === outcome}
              onChange={() => set({ outcome: outcome as Outcome })}
            />
            <span>
              <strong>{label}</strong>
              <span class="quiet">{hint}</span>
            </span>
          </label>
        ))}
      </div>
      <div class="field-row">
        {uses.delay ? (
          <NumberField
            label="Answers after (seconds)"
            value={behaviour.delaySeconds}
            set={(value) => set({ delaySeconds: value ?? 0 })}
            min={0}
            max={MAX_DELAY_SECONDS}
            step={0.1}
          />
        ) : null}
        {count('heartbeats', 'Heartbeats before the answer')}
        {count('duplicates', 'Repeated answers')}
      </div>
      {uses.data ? (
        <JsonField
          label="Data of the answer (JSON)"
          value={behaviour.data}
          set={(text) => set({ data: text })}
          rows={2}
        />
      ) : null}
      {check('conflicting', 'Then sends a contradicting answer (rejected with 409)')}
      {check('wrongToken', 'First sends a wrong token (rejected with 403)')}
    </fieldset>
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
