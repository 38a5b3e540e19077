import { screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { destination } from '../login/LoginPage';
import { ALERT, CLUSTER, DASHBOARD, NO_COUNTS } from '../test/examples';
import { ADMIN, central, problem, VIEWER } from '../test/server';
import { show } from '../test/show';

const alertList = () => {
  central('get', '/alerts', { items: [ALERT], total: 1 });
  central('get', '/alerts/count', NO_COUNTS);
  central('get', '/clusters', { items: [CLUSTER], total: 1 });
};

describe('the session', () => {
  it('sends a stranger to sign in and back to where they were going', async () => {
    central('get', '/session', () => problem(401, 'Sign in first'));
    const asked = central('post', '/session', () => HttpResponse.json(ADMIN, { status: 201 }));
    alertList();
    const { user, address } = show('/alerts?filter=severity%3AHIGH', null);

    await screen.findByRole('heading', { name: 'Sign in' });
    await user.type(screen.getByLabelText(/Password/), 'secret{Enter}');

    await screen.findByRole('link', { name: 'Privileged Container' });
    expect(address()).toBe('/alerts?filter=severity:HIGH');
    expect(asked[0]!.body).toEqual({ username: 'admin', password: 'secret' });
  });

  it('says that a name or password is wrong, and empties the password', async () => {
    central('get', '/session', () => problem(401, 'Sign in first'));
    central('post', '/session', () => problem(401, 'no'));
    const { user } = show('/login', null);

    await user.type(await screen.findByLabelText(/Password/), 'wrong{Enter}');

    expect(await screen.findByText('The name or the password is not right.')).toBeTruthy();
    expect(screen.getByLabelText(/Password/)).toHaveProperty('value', '');
  });

  it('shows the wait that Central asks for after many wrong passwords', async () => {
    central('get', '/session', () => problem(401, 'Sign in first'));
    central('post', '/session', () => problem(429, 'Too many attempts; try again in 30 s'));
    const { user } = show('/login', null);

    await user.type(await screen.findByLabelText(/Password/), 'wrong{Enter}');

    expect(await screen.findByText('Too many attempts; try again in 30 s')).toBeTruthy();
  });

  it('asks to sign in again when it ends in the middle of work', async () => {
    central('get', '/alerts', () => problem(401, 'The session has ended'));
    central('get', '/alerts/count', () => problem(401, 'The session has ended'));
    central('get', '/clusters', () => problem(401, 'The session has ended'));
    const { address } = show('/alerts?sort=policy');

    await screen.findByRole('heading', { name: 'Sign in' });
    expect(address()).toBe('/login?to=/alerts?sort=policy');
  });

  it('ends with signing out', async () => {
    central('get', '/dashboard', DASHBOARD);
    const asked = central('delete', '/session', () => new HttpResponse(null, { status: 204 }));
    const { user } = show('/');

    await user.click(await screen.findByRole('button', { name: 'admin' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));

    await screen.findByRole('heading', { name: 'Sign in' });
    expect(asked[0]!.csrf).toBe(ADMIN.csrfToken);
  });

  it('shows only the pages that the caller may read', async () => {
    central('get', '/dashboard', DASHBOARD);
    show('/', VIEWER);

    await screen.findByRole('link', { name: 'Policies' });
    for (const name of ['API tokens', 'Audit log', 'Settings']) expect(screen.queryByRole('link', { name })).toBeNull();
  });

  it('says which permission a page takes', async () => {
    show('/tokens', VIEWER);

    expect(await screen.findByText('token.read')).toBeTruthy();
  });

  it.each([
    ['/alerts?filter=a', '/alerts?filter=a'],
    ['//evil.test', '/'],
    ['/\\evil.test', '/'],
    ['https://evil.test', '/'],
    ['/login?to=/', '/'],
    [null, '/'],
  ])('leads to a place of our own only: %s', (to, place) => {
    expect(destination(to)).toBe(place);
  });
});

it('puts the focus on the title of the page one comes to', async () => {
  central('get', '/dashboard', DASHBOARD);
  central('get', '/policies', { items: [], total: 0 });
  const { user } = show('/');

  await user.click(await screen.findByRole('link', { name: 'Policies' }));

  await waitFor(() => expect(document.activeElement?.tagName).toBe('H1'));
  expect(document.activeElement!.textContent).toBe('Policies');
  expect(document.title).toBe('Policies · Bulwark');
});
