import type { PatternId } from '@workflows/contract';
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { StartResult } from '../../../wire/types';
import { ApiError, executionHref, postJson } from '../../lib/api';

export interface Starting {
  readonly busy: boolean;
  /** What went wrong, or what the API answered where it names no execution. */
  readonly problem: string;
  readonly start: (body: Readonly<Record<string, unknown>>) => void;
}

/**
 * Starts a pattern and goes to its execution. The key stays the same until something was started, so that a form sent
 * again after a lost answer does not start a second one.
 */
export function useStart(pattern: PatternId): Starting {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const key = useRef<{ body: string; key: string } | undefined>(undefined);

  const run = async (body: Readonly<Record<string, unknown>>) => {
    const text = JSON.stringify(body);
    if (key.current?.body !== text) {
      key.current = { body: text, key: crypto.randomUUID() };
    }
    setBusy(true);
    setProblem('');
    try {
      const result = await postJson<StartResult>('/api/start', { pattern, key: key.current.key, body });
      if (result.execution !== undefined) {
        route(executionHref(result.execution));
      } else {
        setProblem(`${result.status}: ${detailOf(result.body)}`);
      }
      if (result.status < 500) {
        key.current = undefined;
      }
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
    setBusy(false);
  };
  return { busy, problem, start: (body) => void run(body) };
}

/** The sentence of a problem document, with the fields that it names. */
function detailOf(body: string): string {
  try {
    const problem = JSON.parse(body) as {
      detail?: string;
      title?: string;
      errors?: { field?: string; detail?: string }[];
    };
    const fields = problem.errors?.map((it) => `${it.field ?? ''} ${it.detail ?? ''}`.trim()).join('; ');
    return [problem.detail ?? problem.title ?? body, fields].filter(Boolean).join(' – ');
  } catch {
    return body;
  }
}
