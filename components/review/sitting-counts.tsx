import { formatCount } from '@/lib/figures/format';

/** What a sitting came to, in large numbers. */
export function SittingCounts({ counts }: { counts: readonly (readonly [label: string, count: number])[] }) {
  return (
    <dl className="grid grid-cols-3 divide-x divide-line border-y border-line">
      {counts.map(([label, count]) => (
        <div key={label} className="px-4 py-3 first:pl-0">
          <dt className="text-muted">{label}</dt>
          <dd className="text-[28px] leading-9 font-semibold">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
