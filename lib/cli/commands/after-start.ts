import { createSignInLink } from '@/lib/auth/sign-in-link';
import { orderDemo } from '@/lib/pipeline/order-demo';
import { store } from '@/lib/store/client';

/**
 * What follows once web, worker and database run: the demo project is ordered, and the owner gets a link.
 * @returns the one-time sign-in link
 */
export async function afterStart({ baseUrl, demo }: { baseUrl: string; demo: boolean }): Promise<string> {
  if (demo) await orderDemo(store());
  return createSignInLink({ baseUrl });
}
