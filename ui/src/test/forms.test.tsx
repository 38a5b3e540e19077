import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Notifier } from '../api/types';
import { CLUSTER, POLICY, WEBHOOK } from './examples';
import { central, problem, VIEWER } from './server';
import { show } from './show';

const NOTIFIER: Notifier = { id: 'n1', name: 'team chat', type: 'webhook', enabled: true, minimumSeverity: 'HIGH', settings: { url: 'https://chat.test/1' }, pending: 0, failed: 0 };

describe('notifiers', () => {
  it('are set up by a form made from their type', async () => {
    central('get', '/notifier-types', { items: [WEBHOOK] });
    central('get', '/notifiers', { items: [], total: 0 });
    const asked = central('post', '/notifiers', () => HttpResponse.json(NOTIFIER, { status: 201 }));
    const { user } = show('/notifiers');

    await user.click(await screen.findByRole('button', { name: 'Add a notifier' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await user.type(dialog.getByLabelText(/^Name\b/), 'team chat');
    await user.type(dialog.getByLabelText(/^Address/), 'https://chat.test/1');
    await user.type(dialog.getByLabelText(/^Signing secret/), 's3cret');
    await user.click(dialog.getByLabelText('Trust any certificate'));
    await user.selectOptions(dialog.getByLabelText(/at least/), 'HIGH');
    await user.click(dialog.getByRole('button', { name: 'Save' }));

    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]!.body).toEqual({
      name: 'team chat', type: 'webhook', enabled: true, minimumSeverity: 'HIGH', settings: { url: 'https://chat.test/1', secret: 's3cret', insecure: 'true' },
    });
  });

  it('keep the secret that is left empty', async () => {
    central('get', '/notifier-types', { items: [WEBHOOK] });
    central('get', '/notifiers', { items: [NOTIFIER], total: 1 });
    const asked = central('put', '/notifiers/:id', NOTIFIER);
    const { user } = show('/notifiers');

    await user.click(await screen.findByRole('button', { name: 'Edit team chat' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/it stays as it is/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Save' }));

    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]!.body).toMatchObject({ settings: { url: 'https://chat.test/1' } });
    expect(JSON.stringify(asked[0]!.body)).not.toContain('"secret"');
  });

  it('show what Central says of a setting beside it', async () => {
    central('get', '/notifier-types', { items: [WEBHOOK] });
    central('get', '/notifiers', { items: [NOTIFIER], total: 1 });
    central('put', '/notifiers/:id', () => problem(400, 'The settings are not valid', [{ field: 'url', message: 'an https address is expected' }]));
    const { user } = show('/notifiers');

    await user.click(await screen.findByRole('button', { name: 'Edit team chat' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('The settings are not valid: url: an https address is expected')).toBeTruthy();
    expect(screen.getByText('an https address is expected')).toBeTruthy();
  });

  it('say how a test went', async () => {
    central('get', '/notifier-types', { items: [WEBHOOK] });
    central('get', '/notifiers', { items: [NOTIFIER], total: 1 });
    central('post', '/notifiers/:id/test', { delivered: false, message: 'chat.test answered 503' });
    const { user } = show('/notifiers');

    await user.click(await screen.findByRole('button', { name: 'Test team chat' }));

    expect(await screen.findByText('team chat: not delivered. chat.test answered 503')).toBeTruthy();
  });
});

describe('secrets', () => {
  it('of a token are shown once, in a dialog that Escape does not close', async () => {
    central('get', '/tokens', { items: [], total: 0 });
    central('get', '/clusters', { items: [CLUSTER], total: 1 });
    const token = { id: 't1', name: 'ci', role: 'VIEWER', scope: { clusterIds: [], namespaces: ['shop'] }, createdAt: '2026-11-21T09:00:00Z' };
    const asked = central('post', '/tokens', () => HttpResponse.json({ token, secret: 'bwt_0123456789' }, { status: 201 }));
    const { user } = show('/tokens');

    await user.click(await screen.findByRole('button', { name: 'Create a token' }));
    await user.type(await screen.findByLabelText(/^Name\b/), 'ci');
    await user.type(screen.getByLabelText(/^Namespaces it sees/), 'shop, blog');
    await user.click(screen.getByRole('button', { name: 'Create' }));

    expect(await screen.findByText('bwt_0123456789')).toBeTruthy();
    expect(asked[0]!.body).toEqual({ name: 'ci', role: 'VIEWER', expiresInDays: 90, scope: { clusterIds: [], namespaces: ['shop', 'blog'] } });
    await user.keyboard('{Escape}');
    expect(screen.getByText('bwt_0123456789')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'I have kept it' }));
    await waitFor(() => expect(screen.queryByText('bwt_0123456789')).toBeNull());
  });

  it('of a cluster come with the command that uses them', async () => {
    central('get', '/clusters', { items: [], total: 0 });
    central('post', '/clusters', () => HttpResponse.json({ clusterId: 'c1', name: 'prod', secret: 'the-secret', expiresAt: '2026-11-21T10:00:00Z' }, { status: 201 }));
    const { user } = show('/clusters');

    await user.click((await screen.findAllByRole('button', { name: 'Register a cluster' }))[0]!);
    await user.type(await screen.findByLabelText(/^Name\b/), 'prod');
    await user.click(screen.getByRole('button', { name: 'Register' }));

    expect((await screen.findByRole('group', { name: 'command' })).textContent).toContain("'the-secret'");
    expect(screen.getByRole('group', { name: 'secret' }).textContent).toContain('the-secret');
  });
});

describe('clusters', () => {
  it('are removed only after their name was typed', async () => {
    central('get', '/clusters/:id', CLUSTER);
    central('get', '/clusters', { items: [], total: 0 });
    const asked = central('delete', '/clusters/:id', () => new HttpResponse(null, { status: 204 }));
    const { user, address } = show(`/clusters/${CLUSTER.id}`);

    await user.click(await screen.findByRole('button', { name: 'Remove…' }));
    const dialog = within(await screen.findByRole('dialog'));
    const remove = dialog.getByRole('button', { name: 'Remove' });
    await user.type(dialog.getByLabelText(/to confirm/), 'loca');
    expect(remove).toHaveProperty('disabled', true);
    await user.type(dialog.getByLabelText(/to confirm/), 'l');
    await user.click(remove);

    await waitFor(() => expect(address()).toBe('/clusters'));
    expect(asked).toHaveLength(1);
  });
});

describe('policies', () => {
  it('are switched off by who may', async () => {
    central('get', '/policies', { items: [POLICY], total: 1 });
    const asked = central('patch', '/policies/:id', { ...POLICY, disabled: true });
    const { user } = show('/policies');

    await user.click(await screen.findByRole('switch', { name: 'Privileged Container in force' }));

    await screen.findByText('Privileged Container is off');
    expect(asked[0]!.body).toEqual({ disabled: true });
  });

  it('are only read by a viewer', async () => {
    central('get', '/policies', { items: [POLICY], total: 1 });
    show('/policies', VIEWER);

    await screen.findByRole('link', { name: 'Privileged Container' });
    expect(screen.queryByRole('switch')).toBeNull();
  });
});

describe('settings', () => {
  it('send one pattern a line, without blanks and doubles', async () => {
    const settings = { platformNamespaces: ['kube-system'], resolvedAlertDays: 30, auditDays: 365 };
    central('get', '/settings', settings);
    central('get', '/version', { version: '0.1.0', database: 'PostgreSQL 18.6' });
    const asked = central('put', '/settings', settings);
    const { user } = show('/settings');

    await user.type(await screen.findByLabelText('Patterns, one a line'), '{Enter} openshift-* {Enter}{Enter}kube-system');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    await screen.findByText('Settings saved');
    expect(asked[0]!.body).toEqual({ platformNamespaces: ['kube-system', 'openshift-*'], resolvedAlertDays: 30, auditDays: 365 });
  });
});
