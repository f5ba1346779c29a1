import { describe, expect, it } from 'vitest';
import { subjectOf } from './kinds';

describe('subjectOf', () => {
  it('names the thing of an event by the id that the event holds', () => {
    const subject = (type: string, payload: unknown) => subjectOf({ type, payload });
    expect(subject('queue.started', { queueId: 'q', name: 'Monday', items: 4, controls: 0, seed: 1 })).toEqual({ kind: 'queue', id: 'q' });
    expect(subject('selection.started', { selectionId: 's', kind: 'prompts' })).toEqual({ kind: 'promptSelection', id: 's' });
    expect(subject('member.added', { userName: 'Ann' })).toEqual({ kind: 'members', id: null });
  });

  it('knows no place of other events', () => {
    expect(subjectOf({ type: 'project.created', payload: { name: 'Tiles' } })).toBeNull();
    expect(subjectOf({ type: 'project.created', payload: null })).toBeNull();
  });
});
