import type { Starting } from './use-start';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly set: (value: number | undefined) => void;
  readonly min: number;
  readonly max: number;
  readonly hint?: string;
  readonly step?: number;
}

export function NumberField({ label, value, set, min, max, hint, step = 1 }: NumberFieldProps) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={value ?? ''}
        onInput={(event) => set(event.currentTarget.value === '' ? undefined : event.currentTarget.valueAsNumber)}
      />
      {hint === undefined ? null : <span class="field-note">{hint}</span>}
    </label>
  );
}

export interface CheckFieldProps {
  readonly label: string;
  readonly value: boolean;
  readonly set: (value: boolean) => void;
}

export function CheckField({ label, value, set }: CheckFieldProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={(event) => set(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

/** The button of a form, and what went wrong. */
export function Submit({ starting, invalid = false }: { readonly starting: Starting; readonly invalid?: boolean }) {
  return (
    <div class="submit">
      <button type="submit" class="primary" disabled={starting.busy || invalid}>
        {starting.busy ? 'Starting…' : 'Start'}
      </button>
      <div role="alert">{starting.problem === '' ? null : <p class="notice tone-bad">{starting.problem}</p>}</div>
    </div>
  );
}
