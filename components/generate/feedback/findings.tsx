import { WandSparkles } from 'lucide-react';
import Link from 'next/link';
import type { GenerationFeedback } from '@/lib/api/contracts/feedback';
import { formatPercent } from '@/lib/figures/format';
import { stagePath } from '../../frame/stages';
import { buttonClass } from '../../ui/button';
import { contrastSentence, nothingStandsOut } from './feedback-words';
import { makeAgainQuery } from './make-again';

/** Further findings below the first. */
const shownFindings = 5;

/** What stands out, the surest first, each with the way to a batch of its better side. */
export function Findings({ projectId, feedback, canMake }: { projectId: string; feedback: GenerationFeedback; /** Images can be generated in this project. */ canMake: boolean }) {
  const { generator, all, parameters, standsOut, comparisons } = feedback;
  if (generator === null || all === null) return null;
  const { accepted, rejected } = all.verdicts;
  const [first, ...others] = standsOut;
  return (
    <section aria-label="What stands out" className="rounded-md border border-line bg-surface px-4 py-3">
      {first === undefined ? (
        <p className="text-lead">{nothingStandsOut(generator, { total: all.total, scored: all.scored, decided: accepted + rejected, comparisons })}</p>
      ) : (
        <>
          <p className="text-lead font-medium">{contrastSentence(generator, first, parameters)}</p>
          <p className="mt-2 empty:hidden">
            <MakeAgain projectId={projectId} query={canMake ? makeAgainQuery(generator, first, parameters) : null} />
          </p>
          {others.length > 0 && (
            <ul className="mt-2 divide-y divide-line border-t border-line">
              {others.slice(0, shownFindings).map((contrast) => (
                <li key={`${contrast.source}/${contrast.name}/${contrast.outcome}`} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
                  <span className="min-w-0">{contrastSentence(generator, contrast, parameters)}</span>
                  <MakeAgain projectId={projectId} query={canMake ? makeAgainQuery(generator, contrast, parameters) : null} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <p className="mt-2 text-small text-muted empty:hidden">
        {first !== undefined && 'In brackets 95 % intervals (Wilson). '}
        {comparisons > 0 && `${comparisons.toLocaleString('en')} comparisons were made; `}
        {comparisons > 0 && 'only differences are named that hold for all of them at once with 95 %'}
        {first !== undefined && `, the first by at least ${formatPercent(first.leastDifference)}`}
        {comparisons > 0 && '. Parameters that go together show the same difference twice.'}
      </p>
    </section>
  );
}

function MakeAgain({ projectId, query }: { projectId: string; query: string | null }) {
  if (query === null) return null;
  return (
    <Link href={`${stagePath(projectId, 'generate')}?${query}`} className={buttonClass('secondary', 'sm')}>
      <WandSparkles aria-hidden className="size-4" />
      Make again with the better side
    </Link>
  );
}
