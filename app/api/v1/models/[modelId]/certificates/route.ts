import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { certify, listCertificates } from '@/lib/services/parity';

export const GET = route(routes.certificates, listCertificates);
export const POST = route(routes.certify, certify);
