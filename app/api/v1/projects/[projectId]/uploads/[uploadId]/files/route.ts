import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { announceFiles, listUploadFiles } from '@/lib/services/upload-files';

export const GET = route(routes.uploadFiles, listUploadFiles);
export const POST = route(routes.announceFiles, announceFiles);
