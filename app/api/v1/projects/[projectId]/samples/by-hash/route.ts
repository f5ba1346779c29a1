import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { samplesByHash } from '@/lib/services/samples';

export const POST = route(routes.samplesByHash, samplesByHash);
