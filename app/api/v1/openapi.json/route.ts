import { routes } from '@/lib/api/contracts/routes';
import { openApiDocument } from '@/lib/api/openapi';
import { route } from '@/lib/api/route';

export const GET = route(routes.openapi, () => openApiDocument());
