import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listTags } from '@/lib/services/tags';

export const GET = route(routes.tags, listTags);
