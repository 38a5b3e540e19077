import { Button, Card, CardBody, CardTitle, Content, Flex, FlexItem, Grid, GridItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api } from '../api/client';
import type { AlertDetail } from '../api/types';
import { useMay } from '../app/session';
import { Facts } from '../part/Facts';
import { Mitre } from '../part/Mitre';
import { SeverityMark } from '../part/Severity';
import { Loading, ProblemState } from '../part/States';
import { Time } from '../part/Time';
import { View } from '../part/View';
import { History } from './History';
import { ResolveDialog } from './ResolveDialog';
import { SnoozeDialog, WakeButton } from './Snooze';
import { StateLabel } from './StateLabel';
import { Violations } from './Violations';

const PARENT = { label: 'Alerts', to: '/alerts' };

/** One alert: what was found where, why it matters, how to fix it, and what was done about it. */
export function AlertPage() {
  const { id = '' } = useParams();
  const alert = useQuery({ queryKey: ['alert', id], queryFn: ({ signal }) => api.get('/alerts/{id}', { id, signal }) });
  if (alert.isPending) return <View title="Alert" parent={PARENT}><Loading what="alert" /></View>;
  if (alert.isError) {
    return (
      <View title="Alert" parent={PARENT}>
        <ProblemState error={alert.error} onRetry={() => void alert.refetch()} />
      </View>
    );
  }
  return <Shown alert={alert.data} />;
}

function Shown({ alert }: { alert: AlertDetail }) {
  const mayWrite = useMay('alert.write');
  const { workload } = alert;
  return (
    <View
      title={alert.policyName}
      mark={<><SeverityMark severity={alert.severity} /><StateLabel alert={alert} /></>}
      lead={<>{workload.kind} <WorkloadLink alert={alert} /> in namespace <strong>{workload.namespace}</strong> of cluster <strong>{workload.clusterName}</strong></>}
      parent={PARENT}
      actions={mayWrite && alert.state !== 'RESOLVED' ? <Actions alert={alert} /> : undefined}
    >
      <Grid hasGutter>
        <GridItem lg={8}>
          <Flex direction={{ default: 'column' }} gap={{ default: 'gapMd' }}>
            <Card component="section">
              <CardTitle component="h2">What was found</CardTitle>
              <CardBody><Violations violations={alert.violations} /></CardBody>
            </Card>
            <Card component="section">
              <CardTitle component="h2">Why it matters</CardTitle>
              <CardBody>
                <Content component="p">{alert.rationale || alert.description}</Content>
                <Mitre vectors={alert.mitre} />
              </CardBody>
            </Card>
            <Card component="section">
              <CardTitle component="h2">How to fix it</CardTitle>
              <CardBody><Content component="p" className="bw-lines">{alert.remediation || 'The policy gives no advice.'}</Content></CardBody>
            </Card>
          </Flex>
        </GridItem>
        <GridItem lg={4}>
          <Flex direction={{ default: 'column' }} gap={{ default: 'gapMd' }}>
            <Card component="section">
              <CardTitle component="h2">About this alert</CardTitle>
              <CardBody>
                <Facts
                  facts={[
                    ['Policy', <PolicyLink key="policy" alert={alert} />],
                    ['Categories', alert.categories.join(', ')],
                    ['First seen', <Time key="first" at={alert.firstSeenAt} exact />],
                    ['Last change', <Time key="changed" at={alert.changedAt} exact />],
                    alert.state === 'SNOOZED' && ['Snoozed until', <Time key="until" at={alert.snoozedUntil} exact />],
                    alert.state === 'RESOLVED' && ['Resolved', <Time key="resolved" at={alert.resolvedAt} exact />],
                    alert.resolution !== undefined && ['Resolution', alert.resolution],
                    alert.platform && ['Belongs to', 'the platform'],
                  ]}
                />
              </CardBody>
            </Card>
            <Card component="section">
              <CardTitle component="h2">History</CardTitle>
              <CardBody><History alert={alert} mayComment={mayWrite} /></CardBody>
            </Card>
          </Flex>
        </GridItem>
      </Grid>
    </View>
  );
}

function WorkloadLink({ alert }: { alert: AlertDetail }) {
  return useMay('inventory.read') ? (
    <Link to={`/workloads/${alert.workload.id}`}>{alert.workload.name}</Link>
  ) : (
    <strong>{alert.workload.name}</strong>
  );
}

function PolicyLink({ alert }: { alert: AlertDetail }) {
  return useMay('policy.read') ? <Link to={`/policies/${alert.policyId}`}>{alert.policyName}</Link> : <>{alert.policyName}</>;
}

function Actions({ alert }: { alert: AlertDetail }) {
  const [open, setOpen] = useState<'snooze' | 'resolve'>();
  const close = () => setOpen(undefined);
  return (
    <Flex gap={{ default: 'gapSm' }}>
      {alert.state === 'SNOOZED' && <FlexItem><WakeButton id={alert.id} /></FlexItem>}
      <FlexItem><Button variant="secondary" onClick={() => setOpen('snooze')}>Snooze…</Button></FlexItem>
      <FlexItem><Button variant="primary" onClick={() => setOpen('resolve')}>Resolve…</Button></FlexItem>
      {open === 'snooze' && <SnoozeDialog id={alert.id} onClose={close} />}
      {open === 'resolve' && <ResolveDialog id={alert.id} onClose={close} />}
    </Flex>
  );
}
