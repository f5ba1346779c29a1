/** The chapter "When not to trust it" of docs/methods/selection.md, where the choice is read. */
export function WhatItMeans() {
  return (
    <details className="border-t border-line pt-4">
      <summary className="text-lead font-semibold">What the pick means, and when not to trust it</summary>
      <div className="mt-2 flex max-w-[72ch] flex-col gap-2 text-muted">
        <p>
          Part of the normals became synthetic anomalies; every network was asked to tell these from the other normals. AUROC is the share of pairs of one anomaly and one normal in which the anomaly gets the higher score: 0.5 is chance, 1 is
          perfect. The pick has the highest; of equals the first.
        </p>
        <p>The choice is as good as the synthetic anomalies are like the real ones, and nothing here can tell that without labels. In the paper (SWSA) it worked for natural variety, birds and flowers, and hardly for industrial defects: on MVTec AD and VisA it picked the best network in 0 to 4 of 15 and 12 tasks.</p>
        <p>Intervals and stability come from drawing the same images anew. They say nothing of other anomalies: compare several sources, and trust a network that several of them pick. Where all candidates reach 1, the first wins; the hardest anomalies then tell more.</p>
        <p>Real AUROC, where it is shown, comes from the project’s real anomalies against normals that took no part in the selection.</p>
      </div>
    </details>
  );
}
