import { formatNumber, formatUnit } from '@/lib/figures/format';
import { cn } from '../ui/cn';

type ValueBarProps = {
  label: string;
  value: number | null;
  /** Right end of the bar. */
  max: number;
  /** 5 to 95 % over training subsets. */
  spread?: { p05: number; p95: number } | null;
  /** A value that divides the bar, as p = 0.5. */
  divide?: number;
  unit?: boolean;
};

/** A number with its place on a scale; the whisker is its spread. */
export function ValueBar({ label, value, max, spread = null, divide, unit = false }: ValueBarProps) {
  const place = (at: number) => `${Math.min(1, Math.max(0, at / max)) * 100}%`;
  return (
    <div className="grid grid-cols-[92px_52px_minmax(0,1fr)] items-center gap-2">
      <span className="truncate text-muted">{label}</span>
      <span className="text-right font-medium">{unit ? formatUnit(value) : formatNumber(value)}</span>
      <span aria-hidden className="relative h-4">
        <span className="absolute inset-x-0 top-1/2 h-px bg-line-strong" />
        {divide !== undefined && <span className="absolute top-0.5 h-3 w-px bg-line-strong" style={{ left: place(divide) }} />}
        {spread && <span className="absolute top-1/2 h-1.5 -translate-y-1/2 rounded-full bg-accent/35" style={{ left: place(spread.p05), width: `calc(${place(spread.p95)} - ${place(spread.p05)})` }} />}
        {value !== null && Number.isFinite(value) && (
          <span className={cn('absolute top-1/2 size-2.5 -translate-1/2 rounded-full border-2 border-surface bg-accent')} style={{ left: place(value) }} />
        )}
      </span>
    </div>
  );
}
