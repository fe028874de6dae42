import type { StoredContent } from './crash-content.ts';
import type { Version } from './crash-stage.ts';

type Clean = Readonly<Record<Version, StoredContent>>;

/**
 * What a kill must not leave behind, as sentences. `before` are the dates that were stored already; `acknowledged` the
 * chunks that the killed fetch of `version` had told to be committed.
 */
export function judgeContent(
  clean: Clean,
  content: StoredContent,
  known: {
    readonly before: readonly string[];
    readonly version: Version;
    readonly acknowledged: readonly string[];
  },
): readonly string[] {
  const faults: string[] = [];
  for (const [from, to] of clean.first.chunks) faults.push(...judgeChunk(clean, content, from, to));
  for (const chunk of known.acknowledged) {
    const [from = '', to = from] = chunk.split(' to ');
    for (const date of datesBetween(clean.first, from, to)) {
      if (versionOf(clean, content, date) !== known.version) {
        faults.push(`${date} of the chunk ${chunk} is not as it was told to be committed`);
      }
    }
  }
  for (const date of known.before) {
    if (!content.days.has(date)) faults.push(`${date} was stored before and is no longer there`);
  }
  return faults;
}

function judgeChunk(clean: Clean, content: StoredContent, from: string, to: string): readonly string[] {
  const faults: string[] = [];
  const dates = datesBetween(clean.first, from, to);
  const versions = new Set(dates.map((date) => versionOf(clean, content, date)));
  if (versions.size > 1)
    faults.push(`the chunk from ${from} to ${to} is stored as ${[...versions].join(' and ')}`);
  if (versions.has('neither')) faults.push(`the chunk from ${from} to ${to} is stored as no fetch stores it`);
  const isStored = !versions.has('absent');
  const isRecorded = content.chunks.some(([start, end]) => start === from && end === to);
  if (isStored !== isRecorded)
    faults.push(`the chunk from ${from} to ${to} is recorded otherwise than stored`);
  for (const date of dates) {
    if (content.covered.get(date) !== content.days.get(date)?.people) {
      faults.push(`${date} is marked as read otherwise than stored`);
    }
  }
  return faults;
}

function versionOf(clean: Clean, content: StoredContent, date: string): Version | 'absent' | 'neither' {
  const digest = content.days.get(date)?.digest;
  if (digest === undefined) return 'absent';
  if (digest === clean.first.days.get(date)?.digest) return 'first';
  return digest === clean.second.days.get(date)?.digest ? 'second' : 'neither';
}

function datesBetween({ days }: StoredContent, from: string, to: string): readonly string[] {
  return [...days.keys()].filter((date) => from <= date && date <= to);
}
