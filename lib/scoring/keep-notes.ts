import type { KeepSettings, KeepSummary } from '@/lib/api/contracts/keep';
import { MARKED_SHARE } from './keep-plan';
import type { KeepPlan } from './keep-plan';

/** How the threshold of near copies was chosen. */
export const thresholdExplanation =
  'Half of the training normals have another normal within this distance: samples that are closer together than that differ less than two photographs of nearly the same good part usually do.';

/** How the curves were measured, and what to keep in mind. */
export function keepNotes({ train, test, heldOut }: KeepPlan, auxiliary: KeepSummary['auxiliary'], { classifier, seeds, randomOrders }: KeepSettings): string[] {
  const percent = `${Math.round(MARKED_SHARE * 100)} %`;
  const source = (kind: 'normals' | 'anomalies') => (heldOut[kind] === 'marked' ? 'marked as test' : 'drawn anew each time');
  return [
    `Expected accuracy is the mean over ${seeds === 1 ? '1 repetition' : `${seeds} repetitions`} of the balanced accuracy: the mean of the shares of test normals and of real test anomalies that are told right. Guessing gives 50 %.`,
    `Each repetition judges by ${test.normals} normals (${source('normals')}) and ${test.anomalies} real anomalies (${source('anomalies')}), and trains with ${train.normals} normals and ${train.anomalies} real anomalies beside the kept samples. Normals and anomalies weigh the same in its training, however many there are of each.${classifier === 'svm' ? ' All columns of the features count alike: each is scaled to variance 1.' : ''}`,
    ...(heldOut.normals === 'marked' || heldOut.anomalies === 'marked' ? [`Of training samples whose test samples are marked, each repetition takes ${percent}, so that the band shows how much depends on them.`] : []),
    ...(heldOut.anomalies === 'drawn' ? ['The runs knew some of the real anomalies that judge here, so that their curves may lie a little too high. Marking some anomalies as train and the others as test before scoring avoids it.'] : []),
    ...(test.anomalies < 10 ? [`With ${test.anomalies} real test anomalies one of them weighs ${Math.round(50 / test.anomalies)} points of accuracy: take differences below that for chance.`] : []),
    ...(auxiliary.used < auxiliary.all ? [`Each repetition adds at most ${auxiliary.used} of the ${auxiliary.all} samples, drawn at random; numbers of kept samples are scaled up to all of them.`] : []),
    `The random curve averages ${randomOrders === 1 ? '1 random order' : `${randomOrders} random orders`} of each repetition.`,
  ];
}
