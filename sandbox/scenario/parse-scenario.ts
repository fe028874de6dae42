import { z } from 'zod';
import { type InputFault, InvalidInputError } from '../../src/errors/hajiri-error.ts';
import { type EmployeeEntry, employeeRecordSchema } from './employee-schema.ts';
import { type FaultInput, type FaultRule, faultSchema } from './fault-schema.ts';
import { type GenerateInput, type GenerateSettings, generateSchema } from './generate-schema.ts';
import {
  type AttendanceEntry,
  attendanceRecordSchema,
  type Correction,
  correctionSchema,
  placeCorrection,
} from './record-schemas.ts';
import { type Requests, type RequestsInput, requestsSchema } from './request-schema.ts';
import { type TenantInput, type TenantSettings, tenantSchema } from './tenant-schema.ts';

/** A scenario as a test writes it in code: the content of the files of a scenario folder. */
export type Scenario = {
  readonly tenant: TenantInput;
  readonly employees?: readonly unknown[];
  readonly attendance?: readonly unknown[];
  readonly corrections?: readonly unknown[];
  readonly requests?: RequestsInput;
  readonly faults?: readonly FaultInput[];
  readonly generate?: GenerateInput;
};

export type ParsedScenario = {
  readonly tenant: TenantSettings;
  readonly employees: readonly EmployeeEntry[];
  readonly attendance: readonly AttendanceEntry[];
  readonly corrections: readonly Correction[];
  readonly requests: Requests;
  readonly faults: readonly FaultRule[];
  readonly generate: GenerateSettings | null;
};

/** What stands in the files, by the name of the file without `.json`; undefined where there is none. */
export type ScenarioFiles = { readonly [Name in keyof Scenario]?: unknown };

/**
 * Checks everything, and throws one InvalidInputError that names every fault with file, path and reason.
 */
export function parseScenario(files: ScenarioFiles): ParsedScenario {
  const faults: InputFault[] = [];
  const read = <Output>(name: keyof Scenario, schema: z.ZodType<Output>, content: unknown): Output | null => {
    const parsed = schema.safeParse(content);
    if (parsed.success) return parsed.data;
    faults.push(...parsed.error.issues.map((issue) => describeIssue(`${name}.json`, issue)));
    return null;
  };
  const tenant = read('tenant', tenantSchema, files.tenant);
  const employees = read('employees', z.array(employeeRecordSchema), files.employees ?? []);
  const attendance = read('attendance', z.array(attendanceRecordSchema), files.attendance ?? []);
  const corrections = read('corrections', z.array(correctionSchema), files.corrections ?? []);
  const requests = read('requests', requestsSchema, files.requests ?? {});
  const rules = read('faults', z.array(faultSchema).superRefine(refuseBodyFiles), files.faults ?? []);
  const generate = read('generate', generateSchema.nullable(), files.generate ?? null);
  if (faults.length > 0) throw new InvalidInputError(faults);
  if (
    tenant === null ||
    employees === null ||
    attendance === null ||
    corrections === null ||
    requests === null ||
    rules === null
  ) {
    throw new Error('a file that could not be read left no fault behind');
  }
  return {
    tenant,
    employees,
    attendance,
    corrections: corrections.map((correction) => placeCorrection(correction, tenant.zone)),
    requests,
    faults: rules,
    generate,
  };
}

/** The place of an issue as a person would point at it: `faults.json [2].answer.status`. */
export function describeIssue(where: string, issue: z.core.$ZodIssue): InputFault {
  const path = issue.path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./u, '');
  return { field: path === '' ? where : `${where} ${path}`, reason: issue.message };
}

/** The loader of a folder replaces each `bodyFile` by its content; one that is still here has no folder. */
function refuseBodyFiles(rules: readonly FaultRule[], context: z.RefinementCtx): void {
  for (const [index, { answer }] of rules.entries()) {
    if (answer.kind !== 'respond' || answer.bodyFile === undefined) continue;
    context.addIssue({
      code: 'custom',
      path: [index, 'answer', 'bodyFile'],
      message: 'only a scenario folder has body files; give the body itself',
    });
  }
}
