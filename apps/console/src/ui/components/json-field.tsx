import { useId } from 'preact/hooks';

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export interface JsonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly set: (text: string) => void;
  readonly rows?: number;
}

/** A text area for JSON that validates while you type. */
export function JsonField({ label, value, set, rows = 3 }: JsonFieldProps) {
  const id = useId();
  const wrong = parseJson(value) === undefined;
  return (
    <div class="field">
      <label for={id} class="label">
        {label}
      </label>
      <textarea
        id={id}
        class="mono"
        rows={rows}
        spellcheck={false}
        aria-invalid={wrong}
        aria-describedby={`${id}-note`}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <span id={`${id}-note`} class="field-note">
        {wrong ? 'This is not valid JSON.' : ''}
      </span>
    </div>
  );
}
