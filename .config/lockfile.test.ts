import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findGaps } from './complete-lockfile.mjs';

it('package-lock.json has every optional dependency, without which npm ci refuses (node .config/complete-lockfile.mjs)', () => {
  const lock = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '..', 'package-lock.json'), 'utf8'));
  expect(findGaps(lock.packages)).toEqual([]);
});

it('finds a missing one, also of a nested package', () => {
  const packages = {
    '': {},
    'node_modules/a': { optionalDependencies: { 'a-linux-x64': '1.0.0', 'a-darwin-arm64': '1.0.0' } },
    'node_modules/a-linux-x64': {},
    'node_modules/b/node_modules/c': { optionalDependencies: { 'c-win32-x64': '2.0.0', 'a-linux-x64': '1.0.0' } },
  };
  expect(findGaps(packages)).toEqual([
    { parent: 'node_modules/a', name: 'a-darwin-arm64', range: '1.0.0' },
    { parent: 'node_modules/b/node_modules/c', name: 'c-win32-x64', range: '2.0.0' },
  ]);
});
