import { zoneTerms, type Zone } from '@/lib/api/contracts/terms';
import { formatPercent } from './format';
import { zoneNames, type ScoreTable } from './score-table';

export type ZoneShare = { readonly zone: Zone; readonly count: number; readonly share: number; readonly sentence: string };

const meanings: Readonly<Record<Zone, string>> = {
  realistic: 'near known samples, and the detector calls them anomalies',
  indistinguishable: 'near known samples, and the detector takes them for normal',
  unrealistic: 'outside every sphere around a known sample',
};

/** Counts and shares of the zones over the given rows; rows without a zone are left out. */
export function zoneShares(table: Pick<ScoreTable, 'zone'>, rows: Uint32Array): ZoneShare[] {
  const counts = new Uint32Array(zoneNames.length);
  for (const row of rows) counts[table.zone[row]!]!++;
  const total = counts.reduce((sum, count) => sum + count, 0) - counts[0]!;
  return zoneTerms.map((zone) => {
    const count = counts[zoneNames.indexOf(zone)]!;
    const share = total === 0 ? 0 : count / total;
    return { zone, count, share, sentence: `${formatPercent(share)} ${zone}: ${meanings[zone]}` };
  });
}
