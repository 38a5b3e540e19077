import { Label, Switch } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../api/client';
import { lineFor } from '../api/problem';
import type { PolicyRow } from '../api/types';
import { useMay } from '../app/session';
import { Choice, Facet } from '../filter/Facet';
import { FilterBar } from '../filter/FilterBar';
import { term } from '../filter/language';
import { useList } from '../filter/useList';
import { ListTable, type Column } from '../part/ListTable';
import { SEVERITY_OPTIONS, SeverityMark } from '../part/Severity';
import { Nothing } from '../part/States';
import { useSay } from '../part/Toasts';
import { View } from '../part/View';

export const COLUMNS: readonly Column<PolicyRow>[] = [
  {
    label: 'Policy',
    sort: 'policy',
    width: 40,
    cell: (policy) => (
      <>
        <Link to={`/policies/${policy.id}`}>{policy.name}</Link>
        {policy.description !== undefined && <div className="bw-quiet bw-one-line" title={policy.description}>{policy.description}</div>}
      </>
    ),
  },
  { label: 'Severity', sort: 'severity', descendsFirst: true, nowrap: true, cell: (policy) => <SeverityMark severity={policy.severity} /> },
  { label: 'Categories', width: 20, cell: (policy) => policy.categories.join(', ') },
  { label: 'Origin', nowrap: true, cell: (policy) => (policy.isDefault ? 'Bulwark' : <Label isCompact color="blue">Yours</Label>) },
  { label: 'Open alerts', sort: 'alerts', descendsFirst: true, nowrap: true, cell: (policy) => <AlertsLink policy={policy} /> },
  { label: 'In force', nowrap: true, cell: (policy) => <PolicySwitch policy={policy} /> },
];

export function AlertsLink({ policy }: { policy: PolicyRow }) {
  if (policy.alerts === 0) return <span className="bw-quiet">none</span>;
  return <Link to={`/alerts?filter=${encodeURIComponent(term('policyId', policy.id))}`}>{policy.alerts.toLocaleString('en')}</Link>;
}

/** Switches a policy on or off; a mark where one may only read. */
export function PolicySwitch({ policy }: { policy: PolicyRow }) {
  const client = useQueryClient();
  const say = useSay();
  const mayWrite = useMay('policy.write');
  const change = useMutation({
    mutationFn: (disabled: boolean) => api.patch('/policies/{id}', { id: policy.id, body: { disabled } }),
    onSuccess: async (changed) => {
      client.setQueryData(['policy', changed.id], changed);
      say(changed.disabled ? `${changed.name} is off` : `${changed.name} is in force; workloads are judged anew`);
      await client.invalidateQueries({ predicate: ({ queryKey }) => ['policy', 'alert', 'dashboard'].includes(String(queryKey[0])) && queryKey[1] !== changed.id });
    },
    onError: (error) => say(lineFor(error), 'danger'),
  });
  const isOn = change.isPending ? !change.variables : !policy.disabled;
  if (!mayWrite) return <Label isCompact variant="outline" color={isOn ? 'green' : 'grey'}>{isOn ? 'On' : 'Off'}</Label>;
  return (
    <Switch
      id={`policy-${policy.id}`}
      aria-label={`${policy.name} in force`}
      isChecked={isOn}
      isDisabled={change.isPending}
      onChange={(_event, checked) => change.mutate(!checked)}
    />
  );
}

export function PoliciesPage() {
  const list = useList<PolicyRow>('/policies', ['policy'], { sort: '-severity' });
  return (
    <View title="Policies" lead="What Bulwark holds against every workload.">
      <FilterBar list={list} words="policies">
        <Choice
          list={list}
          field="disabled"
          label="In force"
          options={[{ label: 'All' }, { value: 'false', label: 'On' }, { value: 'true', label: 'Off' }]}
        />
        <Facet list={list} field="severity" label="Severity" options={SEVERITY_OPTIONS} />
      </FilterBar>
      <ListTable
        label="Policies"
        list={list}
        columns={COLUMNS}
        keyOf={(policy) => policy.id}
        empty={<Nothing title={list.isDefaultFilter ? 'There are no policies' : 'No policy matches this filter'} />}
      />
    </View>
  );
}
