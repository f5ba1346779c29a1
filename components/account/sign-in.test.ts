import { describe, expect, it } from 'vitest';
import { safeNext } from './sign-in';

describe('safeNext', () => {
  it.each(['/', '/projects/1/samples?role=normal'])('keeps our own path %s', (path) => expect(safeNext(path)).toBe(path));
  it.each([null, undefined, '', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', 'projects'])(
    'leaves %s for the start page',
    (path) => expect(safeNext(path)).toBe('/'),
  );
});
