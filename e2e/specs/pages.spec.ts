import { expect, test } from '../fixtures/test';
import { dialogs, expectAccessible, findings } from '../pages/accessible';
import { expectFitsPhone } from '../pages/narrow';
import { openSettled, otherPlaces, placePath, projectPlaces } from '../pages/places';

test.describe('each page calls no other host, breaks no security policy, is accessible in both themes and fits a phone', () => {
  for (const place of [...projectPlaces, ...otherPlaces]) {
    test(place, async ({ open, people, sharedProject }) => {
      const page = await open(people.admin);
      await openSettled(page, placePath(sharedProject.id, place));
      await expectAccessible(page);
      await expectFitsPhone(page);
    });
  }

  test('sign-in', async ({ open }) => {
    const page = await open(null);
    await openSettled(page, '/sign-in');
    await expectAccessible(page);
  });

  test('a page that does not exist', async ({ open, people, watch }) => {
    watch.expect(/status of 404/);
    const page = await open(people.viewer);
    await page.goto('/projects/01a20000-0000-7000-8000-000000000000');
    await expect(page.getByText('This page does not exist')).toBeVisible();
    await expectAccessible(page);
  });

  test('an empty project', async ({ open, people }) => {
    const page = await open(people.lead);
    await page.goto('/?new=1');
    const dialog = page.getByRole('dialog', { name: 'New project' });
    await expectAccessible(page);
    await dialog.getByLabel('Name').fill(`Empty ${Date.now()}`);
    await dialog.getByLabel('Inspected object').fill('bottle');
    await dialog.getByRole('button', { name: 'Create project' }).click();
    await page.waitForURL(/\/projects\/[^/]+$/);
    const home = new URL(page.url()).pathname;
    for (const place of ['', '/samples', '/features', '/scores', '/review', '/map', '/generate', '/select/models', '/select/prompts', '/select/normals', '/experiments', '/exports']) {
      await openSettled(page, `${home}${place}`);
      expect.soft(await findings(page), place).toEqual([]);
    }
  });

  test('dialogs, menus and the command palette', async ({ open, people, sharedProject }) => {
    const page = await open(people.lead);
    await openSettled(page, placePath(sharedProject.id, 'scores'));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'New score run' })).toBeVisible();
    await expectAccessible(page, dialogs);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, dialogs);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByPlaceholder('Go to, start, switch')).toBeVisible();
    await expectAccessible(page, dialogs);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Account of Lena Lead' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page, '[role=menu]');
  });

  test('the table of the ranking', async ({ open, people, sharedProject }) => {
    const page = await open(people.lead);
    await openSettled(page, placePath(sharedProject.id, 'scores'));
    await page.getByRole('radio', { name: 'Table' }).click();
    await expect(page.getByRole('grid', { name: 'Quality table, 9 samples' })).toBeVisible();
    await expectAccessible(page);
  });
});

test('the security policy holds: a script that was smuggled into a page does not run', async ({ open, people, watch }) => {
  watch.expect(/Content Security Policy/);
  watch.expect(/status of 404.*no-such-picture/);
  const page = await open(people.viewer);
  const answer = await page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  expect(policy).toContain("frame-ancestors 'none'");
  const ran = await page.evaluate(async () => {
    const smuggled = document.createElement('div');
    smuggled.innerHTML = '<img src="/no-such-picture" onerror="window.smuggled = true"><a href="javascript:window.smuggled = true">a</a>';
    const failed = new Promise((resolve) => smuggled.querySelector('img')?.addEventListener('error', resolve));
    document.body.append(smuggled);
    smuggled.querySelector('a')?.click();
    await failed;
    return 'smuggled' in window;
  });
  expect(ran).toBe(false);
});
