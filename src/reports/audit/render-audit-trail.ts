import type { AuditEntry } from '../../accounts/read-audit-trail.ts';
import { type Column, renderCsv } from '../render-csv.ts';
import { renderTable } from '../render-table.ts';

const columns: readonly Column<AuditEntry>[] = [
  { name: 'When (UTC)', cell: ({ at }) => at },
  { name: 'Who', cell: ({ actor }) => `${actor.name} (${actor.kind.replace('_', ' ')})` },
  { name: 'What', cell: ({ action }) => action },
  { name: 'Which', cell: ({ subject }) => subject.name },
  { name: 'Before', cell: ({ before }) => tell(before) },
  { name: 'After', cell: ({ after }) => tell(after) },
  { name: 'From', cell: ({ address }) => address },
];

export function renderAuditTrailCsv(entries: readonly AuditEntry[]): string {
  return renderCsv(columns, entries);
}

export function renderAuditTrailTable(entries: readonly AuditEntry[]): string {
  return entries.length === 0 ? 'Nothing is written here.' : renderTable(columns, entries);
}

function tell(values: AuditEntry['before']): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}
