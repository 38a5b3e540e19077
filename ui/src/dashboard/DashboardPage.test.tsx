import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DASHBOARD, NO_COUNTS } from '../test/examples';
import { central } from '../test/server';
import { show } from '../test/show';
import { layout, roundUp } from './chart';

it('leads from each severity to its alerts', async () => {
  central('get', '/dashboard', DASHBOARD);
  show('/');

  const tiles = await screen.findByRole('region', { name: 'Open alerts by severity' });
  expect(within(tiles).getByRole('link', { name: /9\s*High/ }).getAttribute('href')).toBe('/alerts?filter=platform%3Afalse%20severity%3AHIGH');
});

it('shows coverage that is missing as what it is', async () => {
  central('get', '/dashboard', DASHBOARD);
  show('/');

  expect(await screen.findByText('image not scanned')).toBeTruthy();
  expect(screen.getByText('12 policies, 340 workloads')).toBeTruthy();
});

it('waits for the first cluster, and shows it by itself', async () => {
  let isConnected = false;
  central('get', '/dashboard', () => Response.json(isConnected ? DASHBOARD : { ...DASHBOARD, openAlerts: NO_COUNTS, clusters: [] }));
  show('/');

  await screen.findByText('No cluster is connected yet');
  isConnected = true;
  await waitFor(() => expect(screen.getByRole('link', { name: 'local' })).toBeTruthy(), { timeout: 10_000 });
});

it('gives the chart a round top', () => {
  expect([0, 1, 3, 28, 50, 51, 4_999].map(roundUp)).toEqual([1, 1, 5, 50, 50, 100, 5_000]);
});

it('draws a day with alerts and one without', () => {
  const { slots, ticks } = layout([{ opened: 4, resolved: 0, open: 4 }, { opened: 0, resolved: 2, open: 2 }]);
  expect(slots.map((slot) => [slot.opened, slot.resolved])).toEqual([[26, 0], [0, 13]]);
  expect(ticks.map((tick) => tick.value)).toEqual([0, 2.5, 5]);
});
