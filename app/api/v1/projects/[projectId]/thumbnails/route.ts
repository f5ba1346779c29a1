import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { keepThumbnails } from '@/lib/services/private-files';

export const POST = route(routes.keepThumbnails, keepThumbnails);
