import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { ConnectionTestStep, connectionTestInput } from '../../../../src/contract/connections.ts';
import { listen } from '../../api/listen.ts';

export type TestDraft = z.input<typeof connectionTestInput>;

export type ConnectionTestState = {
  readonly phase: 'idle' | 'running' | 'ended' | 'stopped' | 'broken';
  readonly steps: readonly ConnectionTestStep[];
  readonly passed: boolean;
  readonly error: unknown;
  /** What was tried. */
  readonly draft: TestDraft | null;
};

const idle: ConnectionTestState = { phase: 'idle', steps: [], passed: false, error: null, draft: null };

export type ConnectionTest = {
  readonly state: ConnectionTestState;
  readonly start: (draft: TestDraft) => void;
  readonly stop: () => void;
};

/** A live test: each step as it ends. Who leaves the page, or stops it, makes the server stop asking Keka. */
export function useConnectionTest(): ConnectionTest {
  const [state, setState] = useState(idle);
  const going = useRef<AbortController | null>(null);
  const stop = useCallback(() => going.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const start = useCallback((draft: TestDraft) => {
    going.current?.abort();
    const control = new AbortController();
    going.current = control;
    setState({ ...idle, phase: 'running', draft });
    void follow(draft, control.signal, (change) => {
      // What an earlier test still says is of no interest.
      if (going.current === control) setState(change);
    });
  }, []);
  return { state, start, stop };
}

async function follow(
  draft: TestDraft,
  signal: AbortSignal,
  set: (change: (state: ConnectionTestState) => ConnectionTestState) => void,
): Promise<void> {
  try {
    for await (const { event, data } of listen('POST /api/v1/connections/test', { body: draft }, signal)) {
      if (event === 'step') set((state) => ({ ...state, steps: [...state.steps, data] }));
      if (event === 'ended') set((state) => ({ ...state, phase: 'ended', passed: data.passed }));
    }
    // The events may end without their last one: the server was stopped.
    set((state) => (state.phase === 'running' ? { ...state, phase: 'broken' } : state));
  } catch (error) {
    set((state) => (signal.aborted ? { ...state, phase: 'stopped' } : { ...state, phase: 'broken', error }));
  }
}
