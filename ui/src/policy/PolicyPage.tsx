import { Card, CardBody, CardTitle, Content, Flex, Grid, GridItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useParams } from 'react-router';
import { api } from '../api/client';
import type { PolicyDetail } from '../api/types';
import { Facts } from '../part/Facts';
import { Mitre } from '../part/Mitre';
import { SeverityMark } from '../part/Severity';
import { Loading, ProblemState } from '../part/States';
import { View } from '../part/View';
import { Document } from '../workload/Document';
import { AlertsLink, PolicySwitch } from './PoliciesPage';

const PARENT = { label: 'Policies', to: '/policies' };

/** One policy, to be read: what it looks for, why, how to fix it, and what it leaves alone. */
export function PolicyPage() {
  const { id = '' } = useParams();
  const policy = useQuery({ queryKey: ['policy', id], queryFn: ({ signal }) => api.get('/policies/{id}', { id, signal }) });
  if (policy.isPending) return <View title="Policy" parent={PARENT}><Loading what="policy" /></View>;
  if (policy.isError) {
    return (
      <View title="Policy" parent={PARENT}>
        <ProblemState error={policy.error} onRetry={() => void policy.refetch()} />
      </View>
    );
  }
  return <Shown policy={policy.data} />;
}

function Shown({ policy }: { policy: PolicyDetail }) {
  return (
    <View title={policy.name} mark={<SeverityMark severity={policy.severity} />} lead={policy.description} parent={PARENT}>
      <Grid hasGutter>
        <GridItem lg={8}>
          <Flex direction={{ default: 'column' }} gap={{ default: 'gapMd' }}>
            <Card component="section">
              <CardTitle component="h2">What it looks for</CardTitle>
              <CardBody><Sections policy={policy} /></CardBody>
            </Card>
            <Card component="section">
              <CardTitle component="h2">Why it matters</CardTitle>
              <CardBody><Content component="p">{policy.rationale}</Content><Mitre vectors={policy.mitre} /></CardBody>
            </Card>
            <Card component="section">
              <CardTitle component="h2">How to fix it</CardTitle>
              <CardBody><Content component="p" className="bw-lines">{policy.remediation}</Content></CardBody>
            </Card>
            {policy.scopes.length > 0 && (
              <Card component="section">
                <CardTitle component="h2">Where it applies</CardTitle>
                <CardBody><Document document={policy.scopes} /></CardBody>
              </Card>
            )}
            {policy.exclusions.length > 0 && (
              <Card component="section">
                <CardTitle component="h2">What it leaves alone</CardTitle>
                <CardBody><Document document={policy.exclusions} /></CardBody>
              </Card>
            )}
          </Flex>
        </GridItem>
        <GridItem lg={4}>
          <Card component="section">
            <CardTitle component="h2">About this policy</CardTitle>
            <CardBody>
              <Facts
                facts={[
                  ['In force', <PolicySwitch key="switch" policy={policy} />],
                  ['Open alerts', <AlertsLink key="alerts" policy={policy} />],
                  ['Categories', policy.categories.join(', ')],
                  ['Checked at', policy.stages.map((stage) => stage.toLowerCase()).join(', ')],
                  ['Origin', policy.isDefault ? 'comes with Bulwark' : 'yours'],
                ]}
              />
            </CardBody>
          </Card>
        </GridItem>
      </Grid>
    </View>
  );
}

/** The criteria as a sentence: all groups of a section must hold, any section suffices. */
function Sections({ policy }: { policy: PolicyDetail }) {
  return (
    <>
      {policy.sections.map((section, index) => (
        <Fragment key={index}>
          {index > 0 && <p className="bw-or">or</p>}
          <div className="bw-section">
            {section.name !== '' && <h3>{section.name}</h3>}
            <ul className="bw-criteria">
              {section.groups.map((group, at) => (
                <li key={at}>
                  {at > 0 && <span className="bw-quiet">and </span>}
                  <strong>{group.field}</strong> {group.negate ? 'is not' : 'is'}{' '}
                  {group.values.map((value, place) => (
                    <Fragment key={place}>
                      {place > 0 && <span className="bw-quiet"> {group.operator === 'AND' ? 'and' : 'or'} </span>}
                      <code className="bw-value">{value === '' ? '(empty)' : value}</code>
                    </Fragment>
                  ))}
                </li>
              ))}
            </ul>
          </div>
        </Fragment>
      ))}
    </>
  );
}
