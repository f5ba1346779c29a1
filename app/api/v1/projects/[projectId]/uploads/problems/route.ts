import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listProblemFiles } from '@/lib/services/upload-files';

export const GET = route(routes.problemFiles, listProblemFiles);
