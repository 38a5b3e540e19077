import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { api } from '../api/client';
import type { Page } from '../api/types';
import { type ListPath } from './fields';
import { FilterError, parse, type Term } from './language';

export const PAGE_SIZES = [50, 100] as const;

export interface Defaults {
  /** The filter where the address has none; an empty one in the address stands for no filter. */
  filter?: string;
  sort: string;
}

/** A list as the address says it: which filter, which order, which page. */
export interface List<Row> {
  path: ListPath;
  filter: string;
  terms: readonly Term[];
  /** Why the filter cannot be read; then nothing is asked of Central. */
  filterError?: string;
  sort: string;
  limit: number;
  page: number;
  isDefaultFilter: boolean;
  canGoBack: boolean;
  answer: UseQueryResult<Page<Row>>;
  setFilter: (filter: string) => void;
  resetFilter: () => void;
  setSort: (sort: string) => void;
  setLimit: (limit: number) => void;
  goNext: () => void;
  goBack: () => void;
  goFirst: () => void;
}

interface Trail {
  /** Cursors of the pages before this one, the first page's being empty. */
  cursors?: string[];
}

function understood(filter: string): { terms: readonly Term[]; filterError?: string } {
  try {
    return { terms: parse(filter) };
  } catch (error) {
    if (error instanceof FilterError) return { terms: [], filterError: error.message };
    throw error;
  }
}

/**
 * Reads a list whose filter, sort, page size and page are in the address, so that it can be shared, reloaded and gone
 * back to. Pages are cursors, so the way back is kept beside the address, in the browser's history.
 */
export function useList<Row>(path: ListPath, key: readonly string[], defaults: Defaults, interval?: (rows: Page<Row> | undefined) => number | false): List<Row> {
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const filter = params.get('filter') ?? defaults.filter ?? '';
  const sort = params.get('sort') ?? defaults.sort;
  const limit = PAGE_SIZES.find((size) => String(size) === params.get('limit')) ?? PAGE_SIZES[0];
  const cursor = params.get('cursor') ?? '';
  const page = Math.max(1, Number.parseInt(params.get('page') ?? '1', 10) || 1);
  const cursors = (location.state as Trail | null)?.cursors ?? [];
  const { terms, filterError } = useMemo(() => understood(filter), [filter]);

  const answer = useQuery({
    queryKey: [...key, 'list', { filter, sort, limit, cursor }],
    queryFn: ({ signal }) =>
      api.get(path, { query: { filter, sort, limit, cursor }, signal }) as unknown as Promise<Page<Row>>,
    placeholderData: keepPreviousData,
    enabled: filterError === undefined,
    refetchInterval: (query) => interval?.(query.state.data) ?? false,
  });

  const go = (changes: Record<string, string | undefined>, trail: Trail = {}) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    void navigate({ search: next.toString() }, { state: trail });
  };
  const first = { cursor: undefined, page: undefined };
  const before = cursors.at(-1) ?? '';

  return {
    path,
    filter,
    terms,
    ...(filterError === undefined ? {} : { filterError }),
    sort,
    limit,
    page,
    isDefaultFilter: filter === (defaults.filter ?? ''),
    canGoBack: page > 1 && cursors.length > 0,
    answer,
    setFilter: (value) => go({ filter: value === (defaults.filter ?? '') ? undefined : value, ...first }),
    resetFilter: () => go({ filter: undefined, ...first }),
    setSort: (value) => go({ sort: value === defaults.sort ? undefined : value, ...first }),
    setLimit: (value) => go({ limit: value === PAGE_SIZES[0] ? undefined : String(value), ...first }),
    goNext: () => go({ cursor: answer.data?.next, page: String(page + 1) }, { cursors: [...cursors, cursor] }),
    goBack: () =>
      go(
        { cursor: before === '' ? undefined : before, page: page <= 2 ? undefined : String(page - 1) },
        { cursors: cursors.slice(0, -1) },
      ),
    goFirst: () => go(first),
  };
}
