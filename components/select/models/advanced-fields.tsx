'use client';

import type { SetUpChoice } from '@/lib/figures/selection/set-up';
import { InputField } from '../../ui/field';
import { Segmented } from '../../ui/segmented';

const bankHints: Record<SetUpChoice['bank'], string> = {
  support: 'Detectors learn from all normals, as in the paper. A small change of a seed then looks more normal than any normal.',
  'held-out': 'Detectors learn from the held-out normals alone, so that no synthetic anomaly meets the image it was made of. From about 20 held-out normals on.',
};

/** What seldom needs a change. */
export function AdvancedFields({ choice, onChange }: { choice: SetUpChoice; onChange: (part: Partial<SetUpChoice>) => void }) {
  return (
    <details>
      <summary className="text-small text-muted hover:text-ink">Advanced</summary>
      <div className="mt-2 flex flex-col gap-3">
        <div className="flex flex-col gap-1">
          <span className="text-small font-medium">Detectors learn from</span>
          <Segmented
            label="Detectors learn from"
            value={choice.bank}
            onChange={(bank) => onChange({ bank })}
            options={[
              { value: 'support', label: 'All normals' },
              { value: 'held-out', label: 'Held-out normals' },
            ]}
          />
          <p className="text-small text-muted">{bankHints[choice.bank]}</p>
        </div>
        <div className="grid grid-cols-3 gap-3">
          <InputField label="Draws" inputMode="numeric" value={choice.draws} onChange={(event) => onChange({ draws: event.target.value })} />
          <InputField label="Hardest" value={choice.hardest} onChange={(event) => onChange({ hardest: event.target.value })} />
          <InputField label="Seed" inputMode="numeric" value={choice.seed} onChange={(event) => onChange({ seed: event.target.value })} />
        </div>
      </div>
    </details>
  );
}
