import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { reviewReport } from '@/lib/services/review-queue-report';

export const GET = route(routes.reviewReport, reviewReport);
