'use client';

import { useCallback } from 'react';
import { formatUnit } from '@/lib/figures/format';
import { candidatesCsv, type CandidateLine } from '@/lib/figures/selection/candidate-lines';
import { agreementPlot } from '@/lib/figures/selection/selection-plots';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';

/** Whether synthetic anomalies order the candidates as real ones do (SWSA paper, Figure 3). */
export function AgreementPart({ lines }: { lines: readonly CandidateLine[] }) {
  const draw = useCallback((tones: Tones) => agreementPlot(lines, tones), [lines]);
  const words = lines.map(({ name, auroc, real }) => `${name}: synthetic ${formatUnit(auroc, 3)}, real ${formatUnit(real, 3)}`);
  return <FigurePlot title="Synthetic against real AUROC" description={`${words.join('. ')}.`} draw={draw} csv={() => candidatesCsv(lines)} height={340} />;
}
