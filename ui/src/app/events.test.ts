import { describe, expect, it } from 'vitest';
import { staleKeys, waitBefore } from './events';

describe('live updates', () => {
  it('read again what shows the kinds that changed', () => {
    expect([...staleKeys('{"kinds":["alert","notifier"],"clusterIds":[]}')].sort()).toEqual(['alert', 'dashboard', 'notifier', 'policy', 'workload']);
  });

  it('pass over kinds that this page does not know', () => {
    expect(staleKeys('{"kinds":["incident"]}').size).toBe(0);
    expect(staleKeys('{}').size).toBe(0);
  });

  it('wait longer with each attempt, never above half a minute', () => {
    expect(waitBefore(0, 0)).toBe(500);
    expect(waitBefore(0, 1)).toBe(1_000);
    expect(waitBefore(3, 1)).toBe(8_000);
    expect(waitBefore(20, 1)).toBe(30_000);
  });
});
