import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { generationPlan } from '@/lib/services/browser-generations';

export const GET = route(routes.generationPlan, generationPlan);
