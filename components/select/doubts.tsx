import { TriangleAlert } from 'lucide-react';

/** Why a pick is to be doubted, one sentence each. */
export function Doubts({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {reasons.map((reason) => (
        <li key={reason} className="flex items-start gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          {reason}
        </li>
      ))}
    </ul>
  );
}
