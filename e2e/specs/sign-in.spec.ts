import { randomBytes } from 'node:crypto';
import { expect, test } from '../fixtures/test';
import { contextOf, forgetAttempts, newLink, newPerson } from '../fixtures/people';
import { setPassword } from '@/lib/services/account';

/** A refused sign-in is answered 401, which Chromium reports in the console. */
const refusal = /status of 401/;

test.beforeEach(forgetAttempts);

test('a link that was used already says so and shows the way on', async ({ open, people, watch }) => {
  watch.expect(refusal);
  const link = await newLink(people.stranger.actor);
  const first = await open(null);
  await first.goto(link);
  await expect(first.getByRole('heading', { name: 'Projects' })).toBeVisible();

  const second = await open(null);
  await second.goto(link);
  await expect(second.getByRole('alert').filter({ hasText: 'This sign-in link was used already or has expired.' })).toBeVisible();
  await second.getByRole('link', { name: 'Sign in with a password' }).click();
  await expect(second.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a link that nobody made is refused', async ({ open, watch }) => {
  watch.expect(refusal);
  const page = await open(null);
  await page.goto(`/sign-in/link?token=${randomBytes(32).toString('base64url')}`);
  await expect(page.getByRole('alert').filter({ hasText: 'This sign-in link was used already or has expired.' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in$/);
});

test('a newer link voids the older one', async ({ open, people, watch }) => {
  watch.expect(refusal);
  const older = await newLink(people.viewer.actor);
  await newLink(people.viewer.actor);
  const page = await open(null);
  await page.goto(older);
  await expect(page.getByRole('alert').filter({ hasText: 'used already or has expired' })).toBeVisible();
});

test('a wrong password says so, the right one leads to the page that was asked for', async ({ browser, open, watch }) => {
  watch.expect(refusal);
  const person = await newPerson(browser, 'Pia Password');
  const newPassword = randomBytes(12).toString('hex');
  await setPassword(contextOf(person.actor), { newPassword, currentPassword: null });

  const page = await open(null);
  await page.goto('/account');
  await expect(page).toHaveURL('/sign-in?next=%2Faccount');
  await page.getByLabel('E-mail').fill(person.actor.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /invalid email or password/i })).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(person.actor.email);

  await page.getByLabel('Password').fill(newPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/account');
});

test('signing out ends the session', async ({ browser, open }) => {
  const person = await newPerson(browser, 'Otto Out');
  const page = await open(person);
  await page.goto('/');
  await page.getByRole('button', { name: 'Account of Otto Out' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
});
