import type { AuditEntry } from '../api/types';
import { FilterBar } from '../filter/FilterBar';
import { useList } from '../filter/useList';
import { ListTable, type Column } from '../part/ListTable';
import { Nothing } from '../part/States';
import { Time } from '../part/Time';
import { View } from '../part/View';

export const COLUMNS: readonly Column<AuditEntry>[] = [
  { label: 'When', sort: 'at', descendsFirst: true, nowrap: true, cell: (entry) => <Time at={entry.at} exact /> },
  { label: 'Who', nowrap: true, cell: (entry) => entry.actor },
  { label: 'What', nowrap: true, cell: (entry) => <code>{entry.action}</code> },
  { label: 'On', cell: (entry) => <span className="bw-path">{entry.object}</span> },
  { label: 'Detail', width: 30, cell: (entry) => entry.detail ?? '' },
  { label: 'From', nowrap: true, cell: (entry) => entry.remoteAddress ?? '' },
];

export function AuditPage() {
  const list = useList<AuditEntry>('/audit', ['audit'], { sort: '-at' });
  return (
    <View title="Audit log" lead="Who changed what, and when.">
      <FilterBar list={list} words="entries" />
      <ListTable
        label="Audit log"
        list={list}
        columns={COLUMNS}
        keyOf={(entry) => entry.id}
        empty={<Nothing title={list.isDefaultFilter ? 'Nothing has been changed yet' : 'No entry matches this filter'} />}
      />
    </View>
  );
}
