import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseSocketFolder } from './socket-folder.ts';

const longest = '/'.padEnd(103 - '/socket/.s.PGSQL.5432'.length, 'd');

describe('chooseSocketFolder', () => {
  it('stays inside the data folder up to the longest path that every system takes', () => {
    expect(chooseSocketFolder(longest, '/tmp')).toBe(join(longest, 'socket'));
  });

  it('counts bytes, not characters', () => {
    expect(chooseSocketFolder(longest.replace('d', 'é'), '/tmp')).toMatch(
      /^\/tmp\/hajiri-socket-[0-9a-f]{16}$/,
    );
  });

  it('gives each data folder a folder of its own', () => {
    const one = chooseSocketFolder(`${longest}1`, '/var/tmp');
    expect(one).toMatch(/^\/var\/tmp\//);
    expect(chooseSocketFolder(`${longest}1`, '/var/tmp')).toBe(one);
    expect(chooseSocketFolder(`${longest}2`, '/var/tmp')).not.toBe(one);
  });

  it('does without a temporary folder that is too long itself', () => {
    expect(chooseSocketFolder(`${longest}1`, longest)).toMatch(/^\/tmp\//);
  });
});
