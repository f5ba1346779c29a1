import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listReviewQueues } from '@/lib/services/review-queues';

export const GET = route(routes.reviewQueues, listReviewQueues);
