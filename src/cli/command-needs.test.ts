import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { commandNeeds } from './command-needs.ts';
import { createProgram } from './program.ts';

/** `connections add`, `fetch`, …: every command that does something by itself. */
function commandsOf(command: Command, path: readonly string[] = []): readonly string[] {
  if (command.commands.length === 0) return [path.join(' ')];
  return command.commands.flatMap((one) => commandsOf(one, [...path, one.name()]));
}

describe('every command', () => {
  it('says what it needs', () => {
    const program = createProgram({
      terminal: {
        environment: {},
        write: () => {},
        tell: () => {},
      } as unknown as Parameters<typeof createProgram>[0]['terminal'], // nothing is run
      clock: new FakeClock('2026-03-12T05:30:00Z'),
      signal: new AbortController().signal,
      endWith: () => {},
    });
    const commands = commandsOf(program);
    expect(commands.length).toBeGreaterThan(40);
    expect(new Set(Object.keys(commandNeeds))).toEqual(new Set(commands));
  });
});
