import type { VectorFeature } from '@/lib/api/contracts/samples';
import { featureBars } from '@/lib/figures/feature-bars';
import { cn } from '../ui/cn';
import { SignedBar } from './signed-bar';

type FeatureTableProps = {
  features: readonly VectorFeature[];
  /** Heading above the values: whose they are. */
  of: string;
  large?: boolean;
};

/** The features that set a vector apart, in full: value, the nearest normals' mean, and the difference. */
export function FeatureTable({ features, of, large = false }: FeatureTableProps) {
  if (features.length === 0) return <p className="text-muted">No difference from the nearest normals is known. It is computed when the features are standardised; a vector equal to its normals has none.</p>;
  const cell = large ? 'py-2 pl-4' : 'py-1 pl-3';
  return (
    <table className={cn('w-full border-collapse', large ? 'text-lead' : 'text-small')}>
      <thead>
        <tr className="text-left text-small text-muted">
          <th scope="col" className="py-1 font-normal">Feature</th>
          <th scope="col" className={cn(cell, 'text-right font-normal')}>{of}</th>
          <th scope="col" className={cn(cell, 'text-right font-normal')}>Nearest normals</th>
          <th scope="col" className={cn(cell, 'w-2/5 font-normal')}>Difference</th>
        </tr>
      </thead>
      <tbody>
        {featureBars(features).map(({ name, value, normal, share, difference }) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className={cn('max-w-40 truncate text-left font-normal', large ? 'py-2' : 'py-1')} title={name}>{name}</th>
            <td className={cn(cell, 'text-right font-medium')}>{value}</td>
            <td className={cn(cell, 'text-right text-muted')}>{normal}</td>
            <td className={cell}>
              <span className="flex items-center gap-2">
                <SignedBar share={share} className="h-1.5 flex-1" />
                <span className="w-20 shrink-0 text-right text-small text-muted">{difference}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
