import { Button, Flex, FlexItem, FormSelect, FormSelectOption, Skeleton } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Page } from '../api/types';
import { PAGE_SIZES, type List } from '../filter/useList';
import { ProblemState } from './States';

export interface Column<Row> {
  label: string;
  /** The field that the list is sorted by with this column; absent where it cannot be. */
  sort?: string;
  /** The first click sorts descending: counts, times, severities. */
  descendsFirst?: boolean;
  width?: 10 | 15 | 20 | 25 | 30 | 35 | 40;
  /** Keeps the cell in one line. */
  nowrap?: boolean;
  /** For columns without a visible heading. */
  hideLabel?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  label: string;
  list: List<Row>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** What stands in place of the table where nothing was found. */
  empty: ReactNode;
}

/** One page of a list as a table, with its sorting and paging. Never more rows than one page has. */
export function ListTable<Row>({ label, list, columns, keyOf, empty }: Props<Row>) {
  const { answer } = list;
  if (list.filterError !== undefined) return null;
  if (answer.isError && answer.data === undefined) {
    return <ProblemState error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  if (answer.data?.items.length === 0 && list.page === 1) return <>{empty}</>;
  return (
    <>
      {answer.isError && <ProblemState error={answer.error} onRetry={() => void answer.refetch()} />}
      <div className="bw-scroll" aria-busy={answer.isFetching && answer.isPlaceholderData}>
        <Table aria-label={label} variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              {columns.map((column, index) => (
                <Th
                  key={column.label}
                  modifier="nowrap"
                  {...(column.width ? { width: column.width } : {})}
                  {...(column.hideLabel ? { screenReaderText: column.label } : {})}
                  {...(column.sort === undefined ? {} : { sort: sorting(list, columns, index) })}
                >
                  {column.hideLabel ? undefined : column.label}
                </Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {answer.data === undefined
              ? Array.from({ length: 8 }, (_unused, row) => (
                  <Tr key={row}>
                    {columns.map((column) => (
                      <Td key={column.label}><Skeleton screenreaderText={row === 0 ? 'Loading' : undefined} /></Td>
                    ))}
                  </Tr>
                ))
              : answer.data.items.map((row) => (
                  <Tr key={keyOf(row)}>
                    {columns.map((column) => (
                      <Td key={column.label} dataLabel={column.label} {...(column.nowrap ? { modifier: 'nowrap' } : {})}>
                        {column.cell(row)}
                      </Td>
                    ))}
                  </Tr>
                ))}
          </Tbody>
        </Table>
      </div>
      <Pager label={label} list={list} />
    </>
  );
}

function sorting<Row>(list: List<Row>, columns: readonly Column<Row>[], columnIndex: number) {
  const descends = list.sort.startsWith('-');
  const field = descends ? list.sort.slice(1) : list.sort;
  const index = columns.findIndex((column) => column.sort === field);
  return {
    sortBy: { ...(index < 0 ? {} : { index }), direction: descends ? ('desc' as const) : ('asc' as const) },
    columnIndex,
    onSort: () => {
      const column = columns[columnIndex]!;
      const isDescending = index === columnIndex ? !descends : column.descendsFirst === true;
      list.setSort((isDescending ? '-' : '') + column.sort);
    },
  };
}

/** Counts above these are not exact (the contract's promise). */
const EXACT_UP_TO = 10_000;
const LIST_EXACT_UP_TO = 1_000;

export function countText(total: number, exactUpTo = EXACT_UP_TO): string {
  return total > exactUpTo ? `${exactUpTo.toLocaleString('en')}+` : total.toLocaleString('en');
}

function rangeText<Row>(list: List<Row>, data: Page<Row>, isLoading: boolean): string {
  if (isLoading) return 'Loading';
  if (data.items.length === 0) return 'Nothing on this page';
  const before = (list.page - 1) * list.limit;
  const first = (before + 1).toLocaleString('en');
  const last = (before + data.items.length).toLocaleString('en');
  return `${first}–${last} of ${countText(data.total, LIST_EXACT_UP_TO)}`;
}

function Pager<Row>({ label, list }: { label: string; list: List<Row> }) {
  const data = list.answer.data;
  if (data === undefined) return null;
  const isLoading = list.answer.isPlaceholderData; // the rows of another page are still shown
  const fitsOnePage = list.page === 1 && data.next === undefined && data.items.length <= PAGE_SIZES[0];
  return (
    <nav aria-label={`Pages of ${label}`} className="bw-pager">
      <Flex justifyContent={{ default: 'justifyContentFlexEnd' }} alignItems={{ default: 'alignItemsCenter' }}>
        <FlexItem>
          <span aria-live="polite">
            {rangeText(list, data, isLoading)}
          </span>
        </FlexItem>
        {!fitsOnePage && (
          <>
            <FlexItem>
              <FormSelect
                aria-label="Rows on a page"
                value={String(list.limit)}
                onChange={(_event, value) => list.setLimit(Number(value))}
              >
                {PAGE_SIZES.map((size) => (
                  <FormSelectOption key={size} value={String(size)} label={`${size} rows`} />
                ))}
              </FormSelect>
            </FlexItem>
            <FlexItem>
              <Button variant="secondary" size="sm" isAriaDisabled={isLoading || list.page === 1} onClick={list.goFirst}>First</Button>
            </FlexItem>
            <FlexItem>
              <Button variant="secondary" size="sm" isAriaDisabled={isLoading || !list.canGoBack} onClick={list.goBack}>Previous</Button>
            </FlexItem>
            <FlexItem>
              <Button variant="secondary" size="sm" isAriaDisabled={isLoading || data.next === undefined} onClick={list.goNext}>Next</Button>
            </FlexItem>
          </>
        )}
      </Flex>
    </nav>
  );
}
