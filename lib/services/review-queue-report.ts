import type { ReviewReport } from '@/lib/api/contracts/review-queues';
import { reviewerDeciles, reviewerTotals, scoreDisagreements, tenthsOf } from '@/lib/store/review/report';
import type { ServiceContext } from './context';
import { getReviewQueue, leads } from './review-queues';

/** How many disagreements of person and score are listed. */
const listed = 12;

/**
 * How the reviewers of a queue judge. Leads see everyone, others themselves.
 * @throws AssayError `request.not_found`
 */
export async function reviewReport(context: ServiceContext, { projectId, queueId }: { projectId: string; queueId: string }): Promise<ReviewReport> {
  const { store, actor } = context;
  const queue = await getReviewQueue(context, { projectId, queueId });
  const of = { queueId, runId: queue.runId, userId: (await leads(context, projectId)) ? null : actor.userId };
  const [totals, tenths, perDecile, disagreements] = [await reviewerTotals(store, of), await tenthsOf(store, of), await reviewerDeciles(store, of), await scoreDisagreements(store, of, listed)];
  return {
    queue,
    reviewers: totals.map((row) => ({
      userId: row.userId,
      userName: row.userName ?? 'Someone who is gone',
      items: row.items,
      accepted: row.accepted,
      rejected: row.rejected,
      controls: { anomalies: row.anomalies, anomalyHits: row.anomalyHits, normals: row.normals, normalHits: row.normalHits, normalsNamed: row.normalsNamed },
      scoreAgreement: row.scoreAgreement,
      zone: { of: row.zoned, agree: row.zoneAgree },
      colleagues: { of: row.shared, agree: row.sharedAgree },
      time: row.median === null ? null : { q1: row.q1!, median: row.median, q3: row.q3! },
      deciles: perDecile.filter(({ userId }) => userId === row.userId).map(({ decile, of: count, accepted }) => ({ decile, of: count, accepted })),
    })),
    deciles: tenths,
    disagreements: disagreements.map(({ userName, ...rest }) => ({ ...rest, userName: userName ?? 'Someone who is gone' })),
  };
}
