'use client';

import { evaluatorName } from '@/lib/figures/evaluator-name';
import { evaluatorStyle, shownAtFirst } from '@/lib/figures/experiments/evaluator-style';
import type { Tones } from '../charts/use-tones';
import { useTones } from '../charts/use-tones';
import { useUrlState } from '../ui/use-url-state';
import { cn } from '../ui/cn';

const separator = ' ';

/** Evaluators that figures show: those in the address, else the first ones that have results. */
export function useShownEvaluators(evaluators: readonly string[]): readonly [readonly string[], (shown: readonly string[]) => void] {
  const [params, setUrl] = useUrlState();
  const asked = params.get('show')?.split(separator);
  const wanted = asked ?? shownAtFirst;
  const shown = evaluators.filter((name) => wanted.includes(name));
  const usable = shown.length > 0 || asked !== undefined ? shown : evaluators.slice(0, shownAtFirst.length);
  return [usable, (next) => setUrl({ show: evaluators.filter((name) => next.includes(name)).join(separator) || 'none' })];
}

const dashArrays = { solid: undefined, dash: '5 3', dot: '1.5 2.5', dashdot: '6 2 1.5 2', longdash: '8 3' } as const;

type LegendProps = { evaluators: readonly string[]; shown: readonly string[]; onShown: (shown: readonly string[]) => void; /** What an entry is called, where not as its evaluator. */ nameOf?: (evaluator: string) => string };

/** The legend of a figure, by which its evaluators are shown or hidden. */
export function EvaluatorLegend({ evaluators, shown, onShown, nameOf = evaluatorName }: LegendProps) {
  const tones = useTones();
  return (
    <ul aria-label="Evaluators shown" className="mb-3 flex flex-wrap gap-1">
      {evaluators.map((name) => {
        const on = shown.includes(name);
        return (
          <li key={name}>
            <button
              type="button"
              aria-pressed={on}
              onClick={() => onShown(on ? shown.filter((one) => one !== name) : [...shown, name])}
              className={cn('inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-small max-md:h-9', on ? 'border-line-strong bg-surface text-ink' : 'border-line text-muted hover:text-ink')}
            >
              <Swatch name={name} tones={tones} on={on} />
              {nameOf(name)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Swatch({ name, tones, on }: { name: string; tones: Tones | null; on: boolean }) {
  const { tone, dash } = evaluatorStyle(name);
  return (
    <svg aria-hidden viewBox="0 0 22 8" className={cn('h-2 w-[22px]', !on && 'opacity-40')}>
      <line x1={0} x2={22} y1={4} y2={4} stroke={tones?.[tone] ?? 'currentColor'} strokeWidth={3} {...(dashArrays[dash] === undefined ? {} : { strokeDasharray: dashArrays[dash] })} />
    </svg>
  );
}
