import type { PrototypeMethod } from '@/lib/api/contracts/prototypes';
import { hues } from '@/lib/figures/experiments/evaluator-style';
import { methodStyle, type PrototypeCurves } from '@/lib/figures/prototypes/curves';
import { methodNames, methodNotes } from '@/lib/figures/prototypes/words';

const dashes: Record<string, string> = { solid: '', dash: '5 3', dot: '1.5 2.5' };

function hueOf(method: PrototypeMethod): string {
  const { light, dark } = hues[Number(methodStyle[method].tone.slice('hue-'.length))]!;
  return `light-dark(${light}, ${dark})`;
}

function Line({ colour, dash }: { colour: string; dash: string }) {
  return (
    <svg aria-hidden width={24} height={8} className="shrink-0">
      <line x1={0} x2={24} y1={4} y2={4} strokeWidth={2} strokeDasharray={dash} style={{ stroke: colour }} />
    </svg>
  );
}

/** What the lines mean, in words and as they are drawn. */
export function CurveLegend({ curves }: { curves: PrototypeCurves }) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-small">
      {curves.methods.map(({ method }) => (
        <li key={method} className="flex items-center gap-1.5" title={methodNotes[method]}>
          <Line colour={hueOf(method)} dash={dashes[methodStyle[method].dash] ?? ''} />
          {methodNames[method]}
        </li>
      ))}
      {curves.random.some((one) => one !== null) && (
        <li className="flex items-center gap-1.5" title="Mean of random subsets, band of one standard deviation">
          <Line colour="var(--muted)" dash="" />
          Random, ± 1 SD
        </li>
      )}
      {curves.full !== null && (
        <li className="flex items-center gap-1.5">
          <Line colour="var(--ink)" dash="8 3" />
          All normals
        </li>
      )}
    </ul>
  );
}
