import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { VerbHint } from './verb-bar';

describe('the hint of a verb bar', () => {
  it('is one sentence where fingers can do what it says', () => expect(renderToStaticMarkup(<VerbHint>Select some.</VerbHint>)).toMatch(/^<p [^>]*title="Select some."[^>]*>Select some.<\/p>$/));

  it('names keys only to those who do not touch', () => {
    const html = renderToStaticMarkup(<VerbHint touch="Filter.">Press X, or filter.</VerbHint>);
    expect(html).toContain('<span class="pointer-coarse:hidden">Press X, or filter.</span>');
    expect(html).toContain('<span class="hidden pointer-coarse:inline">Filter.</span>');
  });
});
