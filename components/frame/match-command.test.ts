import { describe, expect, it } from 'vitest';
import { matchCommand } from './match-command';
import { stageParts, stages } from './stages';

const names = [...stages.map(({ label }) => label), ...stageParts.map(({ label }) => label), 'Make a report', 'New project', 'New experiment', 'Draw the map', 'theme Dark'];
const found = (search: string) =>
  names
    .map((name) => ({ name, score: matchCommand(name, search) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ name }) => name);

describe('what the command palette finds', () => {
  it('finds words, not letters that are scattered over a name', () => {
    expect(found('report')).toEqual(['Make a report']);
    expect(found('rep')).toEqual(['Make a report']);
    expect(found('proto')).toEqual(['Prototypes of normality']);
    expect(found('xyz')).toEqual([]);
  });
  it('puts the beginning of a word before what lies within one, and first words first', () => {
    expect(found('map')).toEqual(['Map', 'Draw the map']);
    expect(found('feat')).toEqual(['Features']);
    expect(found('exp')).toEqual(['Experiments', 'Exports', 'New experiment']);
    expect(found('pro')[0]).toBe('Prototypes of normality');
    expect(found('ports')).toEqual(['Exports']);
    expect(found('or')).toEqual([]);
  });
  it('needs every typed word, in any order', () => {
    expect(found('new exp')).toEqual(['New experiment']);
    expect(found('dark theme')).toEqual(['theme Dark']);
    expect(found('new nothing')).toEqual([]);
  });
  it('keeps everything while nothing is typed', () => expect(found(' ')).toHaveLength(names.length));
});
