import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { modelCatalogue } from '@/lib/services/model-library';

export const GET = route(routes.modelCatalogue, () => modelCatalogue());
