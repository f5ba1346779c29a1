import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getReviewQueue } from '@/lib/services/review-queues';

export const GET = route(routes.reviewQueue, getReviewQueue);
