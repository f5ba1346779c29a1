import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listUploads } from '@/lib/services/uploads';

export const GET = route(routes.uploads, listUploads);
