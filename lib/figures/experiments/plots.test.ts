import { describe, expect, it } from 'vitest';
import { paperEvaluators } from '@/lib/anomaly/protocol/result';
import { evaluatorStyle, hues, shownAtFirst } from './evaluator-style';
import { asWritten, curvesPlot, forPrint, matrixPlot, printTones, setBarsPlot, translucent } from './plots';

/** Relative luminance of "#rrggbb" (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
const contrast = (a: string, b: string) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

describe('styles of evaluators', () => {
  it('keep a contrast of 3:1 to the page in both themes', () => {
    for (const { light, dark } of hues) {
      expect(contrast(light, '#f6f7f8'), light).toBeGreaterThan(3);
      expect(contrast(dark, '#191c1f'), dark).toBeGreaterThan(3);
    }
  });

  it('tell all evaluators apart, and those shown at first without hues as well', () => {
    const all = [...paperEvaluators, 'CAP'].map((id) => JSON.stringify(evaluatorStyle(id)));
    expect(new Set(all).size).toBe(all.length);
    const first = shownAtFirst.map(evaluatorStyle);
    for (const key of ['tone', 'dash', 'symbol'] as const) expect(new Set(first.map((style) => style[key])).size, key).toBe(first.length);
    expect(evaluatorStyle('SOMETHING').tone).toMatch(/^hue-\d$/);
  });
});

describe('plots', () => {
  const bars = { metric: 'aucQlt' as const, sets: [{ id: 'a', name: 'bottle' }], series: [{ evaluator: 'EAP', values: [{ mean: 0.8, deviation: Number.NaN }] }, { evaluator: 'CAP', values: [null] }] };

  it('draw one bar trace per evaluator and no whisker for one seed', () => {
    const { data } = setBarsPlot(bars, printTones);
    expect(data.map(({ name, y }) => [name, y])).toEqual([['EAP', [0.8]], ['CAP', [null]]]);
    expect(data[0]!['error_y']).toMatchObject({ array: [0] });
  });

  it('draw a band behind each line when there are several seeds', () => {
    const band = { evaluator: 'EAP', added: [0, 3], mean: [0.5, 0.7], deviation: [0.1, 0.2] };
    expect(curvesPlot([{ ...band, seeds: 2 }], printTones).data.map(({ y }) => y)).toEqual([[0.4, expect.closeTo(0.5, 12)], [0.6, expect.closeTo(0.9, 12)], [0.5, 0.7]]);
    expect(curvesPlot([{ ...band, seeds: 1 }], printTones).data).toHaveLength(1);
  });

  it('write numbers into the matrix, and a dash where there is none', () => {
    const { data } = matrixPlot({ evaluators: ['EAP', 'CAP'], values: [[1, Number.NaN], [Number.NaN, 1]], experiments: 4 }, printTones);
    expect(data[0]).toMatchObject({ text: [['1.00', '–'], ['–', '1.00']], z: [[1, null], [null, 1]] });
  });

  it('are printed on white with title and legend', () => {
    const { layout } = forPrint(setBarsPlot(bars, printTones), 'Sets');
    expect(layout).toMatchObject({ paper_bgcolor: '#ffffff', showlegend: true, title: { text: 'Sets' }, margin: { l: 64, b: 120 } });
  });

  it('show names as they were written, whatever tags they hold', () => {
    const name = '<a href="https://example.org">A & B</a>';
    const { data, layout } = setBarsPlot({ ...bars, sets: [{ id: 'a', name }] }, printTones);
    expect(JSON.stringify([data, layout])).not.toContain('<a');
    expect(asWritten(name)).toBe('&lt;a href="https://example.org"&gt;A &amp; B&lt;/a&gt;');
  });

  it('make colours translucent whatever their notation', () => {
    expect(translucent('#ff8000', 0.5)).toBe('rgba(255, 128, 0, 0.5)');
    expect(translucent('rgb(1, 2, 3)', 1)).toBe('rgba(1, 2, 3, 1)');
  });
});
