import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { keepFile } from '@/lib/services/private-files';

export const POST = route(routes.keepFile, keepFile);
