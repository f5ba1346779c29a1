import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { generationFeedback } from '@/lib/services/generation-feedback';

export const GET = route(routes.generationFeedback, generationFeedback);
