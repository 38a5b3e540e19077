import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { AlertDetail } from '../api/types';
import { DETAIL } from '../test/examples';
import { ADMIN, central, problem, VIEWER } from '../test/server';
import { show } from '../test/show';

const ADDRESS = `/alerts/${DETAIL.id}`;

it('says which field of which container has which value, why it matters and how to fix it', async () => {
  central('get', '/alerts/:id', DETAIL);
  show(ADDRESS);

  const table = await screen.findByRole('grid', { name: 'Violations' });
  const [first, second] = within(table).getAllByRole('row').slice(1);
  expect(first!.textContent).toContain("Container 'docker' is privileged");
  expect(within(first!).getByText('docker')).toBeTruthy();
  expect(first!.textContent).toContain('spec.template.spec.containers[1].securityContext.privileged');
  expect(within(first!).getByText('true')).toBeTruthy();
  expect(second!.textContent).toContain('whole workload');
  expect(second!.textContent).toContain('not set');
  expect(screen.getByText('Whoever takes over the container has the node.')).toBeTruthy();
  expect(screen.getByText('Remove privileged: true.')).toBeTruthy();
  expect(screen.getByText(/Privilege Escalation/)).toBeTruthy();
});

it('lets a viewer read, and nothing more', async () => {
  central('get', '/alerts/:id', DETAIL);
  show(ADDRESS, VIEWER);

  await screen.findByRole('grid', { name: 'Violations' });
  expect(screen.queryByRole('button', { name: 'Resolve…' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Snooze…' })).toBeNull();
  expect(screen.queryByLabelText('Comment')).toBeNull();
});

it('resolves with a reason and the session’s token', async () => {
  central('get', '/alerts/:id', DETAIL);
  const resolved: AlertDetail = { ...DETAIL, state: 'RESOLVED', resolution: 'accepted for the build machine' };
  const asked = central('post', '/alerts/:id/resolve', resolved);
  const { user } = show(ADDRESS);

  await user.click(await screen.findByRole('button', { name: 'Resolve…' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('button', { name: 'Resolve' })).toHaveProperty('disabled', true);
  await user.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'accepted for the build machine');
  await user.click(within(dialog).getByRole('button', { name: 'Resolve' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked[0]).toMatchObject({ body: { reason: 'accepted for the build machine' }, csrf: ADMIN.csrfToken });
  expect((await screen.findAllByText('Resolved')).length).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: 'Resolve…' })).toBeNull();
});

it('snoozes for the time chosen', async () => {
  central('get', '/alerts/:id', DETAIL);
  const asked = central('post', '/alerts/:id/snooze', { ...DETAIL, state: 'SNOOZED', snoozedUntil: '2026-12-01T00:00:00Z' });
  const { user } = show(ADDRESS);

  await user.click(await screen.findByRole('button', { name: 'Snooze…' }));
  await user.click(await screen.findByRole('radio', { name: 'A week' }));
  await user.click(screen.getByRole('button', { name: 'Snooze' }));

  expect(await screen.findByRole('button', { name: 'End snooze' })).toBeTruthy();
  const days = (Date.parse((asked[0]!.body as { until: string }).until) - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(7, 2);
});

it('keeps the comment that could not be added, and says why', async () => {
  central('get', '/alerts/:id', DETAIL);
  central('post', '/alerts/:id/comments', () => problem(409, 'The alert is gone'));
  const { user } = show(ADDRESS);

  await user.type(await screen.findByLabelText('Comment'), 'who owns this?');
  await user.click(screen.getByRole('button', { name: 'Add comment' }));

  expect(await screen.findByText('The alert is gone')).toBeTruthy();
  expect(screen.getByLabelText('Comment')).toHaveProperty('value', 'who owns this?');
});
