import type { IntegrationProblem } from '../../../../src/contract/integration-report.ts';

export type ProblemGroup = {
  readonly code: string;
  readonly severity: IntegrationProblem['severity'];
  /** The same for all of them, unless their figures differ. */
  readonly whatHappened: string;
  readonly whatToDo: string;
  readonly problems: readonly IntegrationProblem[];
};

const weight = { failure: 0, action: 1, notice: 2 } as const;

/** Problems by kind: what stopped something first, then what needs a person, then what is only worth knowing. */
export function groupProblems(problems: readonly IntegrationProblem[]): readonly ProblemGroup[] {
  const groups = Map.groupBy(problems, ({ code }) => code);
  return [...groups.values()]
    .flatMap((ofCode) => {
      const [first] = ofCode;
      if (first === undefined) return [];
      const { code, severity, whatHappened, whatToDo } = first;
      const isSame = ofCode.every((one) => one.whatHappened === whatHappened);
      // Figures stand in brackets at the end; the sentence before them is that of the kind.
      const sentence = isSame ? whatHappened : whatHappened.replace(/ \([^()]*\)\.$/, '.');
      return [{ code, severity, whatHappened: sentence, whatToDo, problems: ofCode }];
    })
    .toSorted((a, b) => weight[a.severity] - weight[b.severity] || b.problems.length - a.problems.length);
}
