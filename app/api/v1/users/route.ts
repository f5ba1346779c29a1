import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listUsers } from '@/lib/services/users';

export const GET = route(routes.users, listUsers);
