'use client';

import type { EvaluatorDescription, EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { evaluatorGroups } from '@/lib/figures/evaluator-groups';
import { cn } from '../ui/cn';
import { Checkbox } from '../ui/checkbox';

type EvaluatorListProps = {
  chosen: readonly EvaluatorId[];
  onChange: (chosen: readonly EvaluatorId[]) => void;
  /** Said beside the name, as "about 3 s". */
  note: (id: EvaluatorId) => string | null;
  /** Without the sentences of what each evaluator does and of the limits of the paper's; those of our own are always said. */
  brief?: boolean;
};

/** Evaluators to tick, by what they compute from; what is known of their limits stands with them. */
export function EvaluatorList({ chosen, onChange, note, brief = false }: EvaluatorListProps) {
  const toggle = (id: EvaluatorId) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <div className="gap-x-6 sm:columns-2">
      {evaluatorGroups().map(({ id, title, evaluators }) => (
        <fieldset key={id} className="mb-3 min-w-0 break-inside-avoid">
          <legend className="mb-0.5 text-small text-muted">{title}</legend>
          <ul>
            {evaluators.map((evaluator) => (
              <EvaluatorItem key={evaluator.id} evaluator={evaluator} checked={chosen.includes(evaluator.id as EvaluatorId)} note={note(evaluator.id as EvaluatorId)} brief={brief} onToggle={() => toggle(evaluator.id as EvaluatorId)} />
            ))}
          </ul>
        </fieldset>
      ))}
    </div>
  );
}

type ItemProps = { evaluator: EvaluatorDescription; checked: boolean; note: string | null; brief: boolean; onToggle: () => void };

function EvaluatorItem({ evaluator, checked, note, brief, onToggle }: ItemProps) {
  const { name, description, limits, inPaper } = evaluator;
  return (
    <li className="py-0.5">
      <span className="flex items-baseline justify-between gap-3">
        <Checkbox checked={checked} onChange={onToggle} label={<span className="font-medium">{name}</span>} />
        {note !== null && <span className="shrink-0 text-small text-muted">{note}</span>}
      </span>
      {!brief && <p className="pl-6 text-small text-pretty text-muted">{description}</p>}
      {limits !== undefined && (!brief || !inPaper) && <p className={cn('pl-6 text-small text-pretty', inPaper ? 'text-muted' : 'text-warning')}>{limits}</p>}
    </li>
  );
}
