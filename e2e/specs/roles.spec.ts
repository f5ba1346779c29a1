import type { Page } from '@playwright/test';
import { stages } from '@/components/frame/stages';
import { store } from '@/lib/store/client';
import { expect, test } from '../fixtures/test';
import { decisionsKept, pressWhenPainted } from '../pages/review';

const missing = /status of 404/;
const forbidden = /status of 403/;

/** Server actions that a page sends from now on. */
function actionsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.headers()['next-action'] !== undefined) sent.push(request.url());
  });
  return sent;
}

test('a viewer looks but has no decision buttons, and keys decide nothing', async ({ open, people, sharedProject }) => {
  const page = await open(people.viewer);
  const sent = actionsOf(page);
  for (const stage of ['review', 'scores']) {
    await page.goto(`/projects/${sharedProject.id}/${stage}`);
    await expect(page.getByText('You may look but not decide in this project.')).toBeVisible();
    await expect(page.getByRole('group', { name: 'Decision' })).toHaveCount(0);
    const position = page.getByText(stage === 'review' ? '0 of 9' : '1 of 9', { exact: true });
    await expect(position).toBeVisible();
    for (const key of ['a', 's', 'r', '1', 'u']) await page.keyboard.press(key);
  }
  // The key that moves is heard, so the others were as well.
  await page.keyboard.press('j');
  await expect(page.getByText('2 of 9', { exact: true })).toBeVisible();
  expect(sent).toEqual([]);
  expect(await store().decision.count({ where: { projectId: sharedProject.id, userId: people.viewer.actor.userId } })).toBe(0);
});

test('a viewer is offered nothing that changes the project, and the doors are shut as well', async ({ open, people, sharedProject, watch }) => {
  watch.expect(forbidden);
  const page = await open(people.viewer);
  await page.goto(`/projects/${sharedProject.id}/samples`);
  await expect(page.getByRole('heading', { level: 1, name: 'Samples' })).toBeVisible();
  await expect(page.getByRole('button', { name: /normal/i }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add samples' })).toHaveCount(0);
  await page.goto(`/projects/${sharedProject.id}/features`);
  await expect(page.getByRole('article', { name: /^Feature set/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Extract features' })).toHaveCount(0);
  await page.goto(`/projects/${sharedProject.id}/scores`);
  await expect(page.getByRole('button', { name: /^Export \d+ accepted$/ })).toBeDisabled();
  const uploads = await page.request.get(`/api/v1/projects/${sharedProject.id}/uploads`);
  expect(uploads.status()).toBe(403);
  expect(await uploads.json()).toMatchObject({ code: 'request.forbidden' });
});

test('an inspector decides but cannot export', async ({ open, people, ownProject }) => {
  const page = await open(people.inspector);
  await page.goto(`/projects/${ownProject.id}/scores`);
  await pressWhenPainted(page, 'a');
  await decisionsKept(ownProject.id, ['accepted']);
  const button = page.getByRole('button', { name: 'Export 1 accepted' });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAttribute('title', 'Only leads export.');
});

test('a stranger finds no trace of the project', async ({ open, people, sharedProject, watch }) => {
  watch.expect(missing);
  const page = await open(people.stranger);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await expect(page.getByText('No project yet')).toBeVisible();
  for (const stage of ['', '/review']) {
    await page.goto(`/projects/${sharedProject.id}${stage}`);
    await expect(page.getByText('This page does not exist')).toBeVisible();
    await expect(page.getByText(sharedProject.name)).toHaveCount(0);
  }
  // What is sent for every stage, whether or not it is shown.
  for (const stage of stages.map(({ id }) => id)) {
    const sent = await (await page.request.get(`/projects/${sharedProject.id}/${stage}`)).text();
    expect(sent, stage).toContain('This page does not exist');
    expect(sent, stage).not.toContain(sharedProject.name);
  }
  const answers = await Promise.all(['', '/samples', '/runs', '/states', '/jobs'].map((path) => page.request.get(`/api/v1/projects/${sharedProject.id}${path}`)));
  expect(answers.map((answer) => answer.status())).toEqual([404, 404, 404, 404, 404]);
});

test('who is not signed in is led to sign-in and back', async ({ open, sharedProject }) => {
  const page = await open(null);
  await page.goto(`/projects/${sharedProject.id}/review`);
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/projects/${sharedProject.id}/review`)}`);
  const answer = await page.request.get(`/api/v1/projects/${sharedProject.id}`);
  expect(answer.status()).toBe(401);
});
