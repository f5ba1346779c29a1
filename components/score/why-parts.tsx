import type { Run, Score } from '@/lib/api/contracts/runs';
import { scoreParts } from '@/lib/figures/score-parts';
import { ValueBar } from './value-bar';

/** Parts of a score beyond EAP's, each p-value with what it means. */
export function WhyParts({ score, run }: { score: Score; run: Run }) {
  const { bars, facts } = scoreParts(score, run);
  return (
    <>
      {bars.map((bar) => (
        <ValueBar key={bar.label} {...bar} />
      ))}
      {facts.length > 0 && (
        <dl className="mt-1 flex flex-col gap-1.5">
          {facts.map(({ label, text, meaning }) => (
            <div key={label}>
              <div className="flex justify-between gap-3">
                <dt className="text-muted">{label}</dt>
                <dd className="font-medium">{text}</dd>
              </div>
              {meaning !== '' && <dd className="text-small text-muted">{meaning}</dd>}
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
