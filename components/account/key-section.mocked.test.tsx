import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { keyActions } from '@/lib/figures/keymap';
import type { OwnKeys } from '@/lib/figures/key-choice';
import { KeyRow } from './key-row';
import { KeySection } from './key-section';

vi.mock('@/app/actions/account', () => ({ setPreferences: vi.fn(), setPassword: vi.fn() }));

const sectionOf = (own?: OwnKeys) =>
  renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <KeySection own={own} />
    </QueryClientProvider>,
  );
const rowOf = (html: string, label: string) => html.split('<tr').find((row) => row.includes(`aria-label="Change ${label}"`)) ?? '';
const nothing = () => undefined;
const waitingRow = (waiting: Parameters<typeof KeyRow>[0]['waiting']) =>
  renderToStaticMarkup(
    <table>
      <tbody>
        <KeyRow action="accept" chords={['a']} changed={false} waiting={waiting} onChange={nothing} onCancel={nothing} onPress={() => 'free'} onSwap={nothing} onNone={nothing} onReset={nothing} />
      </tbody>
    </table>,
  );

describe('KeySection', () => {
  it('has a line for every action that can be bound, none for Esc', () => {
    const html = sectionOf();
    expect(html.match(/aria-label="Change /g)).toHaveLength(Object.keys(keyActions).length - 1);
    expect(html).not.toContain('Change Close, clear');
    expect(html).not.toContain('aria-label="Reset ');
    expect(html).toMatch(/<button[^>]*aria-disabled="true"[^>]*>Reset all/);
  });

  it('marks what a person changed and lets them reset it', () => {
    const html = sectionOf({ accept: 'y', mask: '' });
    expect(rowOf(html, 'Accept')).toMatch(/<kbd[^>]*>Y<\/kbd>.*changed.*aria-label="Reset Accept"/);
    expect(rowOf(html, 'Mask, heat map, difference, image')).toMatch(/No key.*changed/);
    expect(rowOf(html, 'Skip')).not.toContain('changed');
    expect(html).not.toMatch(/<button[^>]*aria-disabled="true"[^>]*>Reset all/);
  });
});

describe('KeyRow', () => {
  it('waits for a key in a named field that tells how to cancel', () => {
    const html = waitingRow({ action: 'accept', refusal: null, conflict: null });
    const note = /<span id="([^"]+)" role="status"[^>]*>Escape cancels/.exec(html)?.[1];
    expect(note).toBeDefined();
    expect(html).toContain(`aria-label="New key of: Accept" aria-describedby="${note}"`);
    expect(html).not.toContain('aria-invalid=');
  });

  it('says why a key was refused', () => {
    const html = waitingRow({ action: 'accept', refusal: 'F5 belongs to the browser or the system.', conflict: null });
    expect(html).toContain('F5 belongs to the browser or the system.</span>');
    expect(html).toContain('aria-invalid="true"');
  });

  it('says who has the key and offers to swap', () => {
    const html = waitingRow({ action: 'accept', refusal: null, conflict: { kind: 'conflict', chord: 's', holder: 'skip', given: 'a' } });
    expect(html).toContain('S is the key of “Skip”. If “Accept” takes it, “Skip” would get A.');
    expect(html).toMatch(/<button[^>]*aria-describedby="[^"]+"[^>]*>Swap/);
  });
});
