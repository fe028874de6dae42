import { parseArgs } from 'node:util';
import { InvalidInputError } from '../src/errors/hajiri-error.ts';
import { type CrashResult, phases, runCrashTrial, targets } from './crash-trial.ts';

type Output = { readonly write: (text: string) => void; readonly tell: (text: string) => void };

/** `bench crash --kills N [--seed S] [--json]`: code 0 when nothing was lost and nothing is half there. */
export async function run(args: readonly string[], terminal: Output, signal?: AbortSignal): Promise<number> {
  const { kills, seed, json } = readArguments(args);
  const result = await runCrashTrial({
    kills,
    seed,
    ...(signal === undefined ? {} : { signal }),
    onKill: ({ number, target, phase, acknowledged, storedDates }) =>
      terminal.tell(
        `kill ${number} of ${kills}: ${target} while ${phase}, ${acknowledged} chunks acknowledged, ${storedDates} dates stored\n`,
      ),
  });
  terminal.write(json ? `${JSON.stringify(result, null, 2)}\n` : describe(result));
  return result.faults.length === 0 ? 0 : 1;
}

function readArguments(args: readonly string[]) {
  const { values } = parse(args);
  return {
    kills: readCount('--kills', values.kills),
    seed: readCount('--seed', values.seed),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string', default: '50' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InvalidInputError([{ field: 'arguments', reason: error.message }]);
  }
}

function readCount(field: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000_000) return count;
  throw new InvalidInputError([{ field, reason: 'must be a whole number from 1 to 1000000' }]);
}

function describe({ kills, connections, rows, seed, seconds, faults }: CrashResult): string {
  const lines = targets.map((target) => {
    const of = kills.filter((kill) => kill.target === target);
    const counted = phases.map((phase) => `${phase} ${of.filter((kill) => kill.phase === phase).length}`);
    return `${target.padEnd(9)} ${String(of.length).padStart(5)} kills: ${counted.join(', ')}`;
  });
  const acknowledged = kills.reduce((sum, kill) => sum + kill.acknowledged, 0);
  return [
    ...lines,
    `${acknowledged} acknowledged chunks were looked for after the kills.`,
    `${connections} connections were fetched once more and compared, ${rows} rows each.`,
    faults.length === 0 ? 'Nothing lost, nothing half stored.' : `${faults.length} FAULTS:`,
    ...faults,
    `(seed ${seed}, ${seconds.toFixed(1)} s)`,
    '',
  ].join('\n');
}
