import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listMembers } from '@/lib/services/members';

export const GET = route(routes.members, listMembers);
