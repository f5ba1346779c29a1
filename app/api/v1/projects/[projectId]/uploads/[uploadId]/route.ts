import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getUpload } from '@/lib/services/uploads';

export const GET = route(routes.upload, getUpload);
