import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ALERT, CLUSTER, NO_COUNTS } from '../test/examples';
import { central, problem } from '../test/server';
import { show } from '../test/show';

const PAGE = { items: [ALERT], total: 1 };

function alerts(page: object = PAGE) {
  central('get', '/alerts/count', { ...NO_COUNTS, HIGH: 1, total: 1 });
  central('get', '/clusters', { items: [CLUSTER], total: 1 });
  return central('get', '/alerts', page as never);
}

it('asks for what the address says: filter, order and page', async () => {
  const asked = alerts();
  show('/alerts?filter=severity%3AHIGH&sort=-firstSeenAt&limit=100&cursor=abc&page=3');

  await screen.findByRole('link', { name: 'Privileged Container' });
  expect(asked[0]!.query).toEqual({ filter: 'severity:HIGH', sort: '-firstSeenAt', limit: '100', cursor: 'abc' });
});

it('leaves the platform out where the address says nothing', async () => {
  const asked = alerts();
  show('/alerts');

  await screen.findByRole('link', { name: 'Privileged Container' });
  expect(asked[0]!.query).toEqual({ filter: 'platform:false', sort: '-severity', limit: '50' });
  expect(screen.getByRole('button', { name: 'Yours' })).toHaveProperty('ariaPressed', 'true');
});

it('writes what is chosen from a menu into the address', async () => {
  alerts();
  const { user, address } = show('/alerts');

  await user.click(await screen.findByRole('button', { name: 'Severity' , expanded: false }));
  await user.click(await screen.findByRole('checkbox', { name: 'Critical' }));
  await user.click(await screen.findByRole('checkbox', { name: 'High' }));

  expect(address()).toBe('/alerts?filter=platform:false severity:CRITICAL,HIGH');
  expect(screen.getByLabelText('Filter expression')).toHaveProperty('value', 'platform:false severity:CRITICAL,HIGH');
});

it('takes a typed filter with Enter and goes back to the first page', async () => {
  alerts();
  const { user, address } = show('/alerts?cursor=abc&page=2');

  const box = await screen.findByLabelText('Filter expression');
  await user.clear(box);
  await user.type(box, 'namespace:shop{Enter}');

  expect(address()).toBe('/alerts?filter=namespace:shop');
});

it('says what is wrong with a filter and asks nothing', async () => {
  const asked = alerts();
  const { user, address } = show('/alerts');
  await screen.findByRole('link', { name: 'Privileged Container' });

  const box = screen.getByLabelText('Filter expression');
  await user.clear(box);
  await user.type(box, 'colour:red{Enter}');

  expect(await screen.findByText(/There is no field “colour” here/)).toBeTruthy();
  expect(address()).toBe('/alerts');
  expect(asked).toHaveLength(1);
});

it('leads to the next page and back by cursors', async () => {
  const asked = alerts({ items: [ALERT], next: 'after-50', total: 120 });
  const { user, address } = show('/alerts');

  await user.click(await screen.findByRole('button', { name: 'Next' }));
  expect(address()).toBe('/alerts?cursor=after-50&page=2');
  await waitFor(() => expect(asked.at(-1)!.query.cursor).toBe('after-50'));

  await user.click(screen.getByRole('button', { name: 'Previous' }));
  expect(address()).toBe('/alerts');
});

it('sorts descending first by severity and the other way on the second click', async () => {
  alerts();
  const { user, address } = show('/alerts?sort=policy');

  await user.click(within(await screen.findByRole('columnheader', { name: 'Severity' })).getByRole('button'));
  expect(address()).toBe('/alerts');
  await user.click(within(screen.getByRole('columnheader', { name: 'Severity' })).getByRole('button'));
  expect(address()).toBe('/alerts?sort=severity');
});

it('says that a list is counted no further than a thousand', async () => {
  alerts({ items: [ALERT], next: 'more', total: 1_001 });
  show('/alerts');

  expect(await screen.findByText('1–1 of 1,000+')).toBeTruthy();
});

it('says that nothing is connected where no cluster ever was', async () => {
  central('get', '/alerts', { items: [], total: 0 });
  central('get', '/alerts/count', NO_COUNTS);
  central('get', '/clusters', { items: [{ ...CLUSTER, status: 'NEVER_CONNECTED' }], total: 1 });
  show('/alerts');

  expect(await screen.findByText('No cluster is connected yet')).toBeTruthy();
});

it('shows a problem as its one line and offers to try again', async () => {
  central('get', '/alerts/count', NO_COUNTS);
  central('get', '/clusters', { items: [CLUSTER], total: 1 });
  let isWell = false;
  central('get', '/alerts', () => (isWell ? Response.json(PAGE) : problem(400, 'filter: the value of severity is unknown')));
  const { user } = show('/alerts');

  expect(await screen.findByText('filter: the value of severity is unknown')).toBeTruthy();
  isWell = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Privileged Container' })).toBeTruthy();
});
