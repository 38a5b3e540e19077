import type { components } from './schema';

type Schemas = components['schemas'];

/** The words of the contract, under the names that the pages use. */
export type Session = Schemas['Session'];
export type Role = Schemas['Role'];
export type AccessScope = Schemas['AccessScope'];
export type Severity = Schemas['Severity'];
export type SeverityCounts = Schemas['SeverityCounts'];
export type Dashboard = Schemas['Dashboard'];
export type WorkloadKey = Schemas['WorkloadKey'];
export type WorkloadRow = Schemas['WorkloadRow'];
export type WorkloadDetail = Schemas['WorkloadDetail'];
export type AlertRow = Schemas['AlertRow'];
export type AlertDetail = Schemas['AlertDetail'];
export type AlertEvent = Schemas['AlertEvent'];
export type Violation = Schemas['Violation'];
export type MitreVector = Schemas['MitreVector'];
export type Cluster = Schemas['Cluster'];
export type Registration = Schemas['Registration'];
export type PolicyRow = Schemas['PolicyRow'];
export type PolicyDetail = Schemas['PolicyDetail'];
export type Setting = Schemas['Setting'];
export type NotifierType = Schemas['NotifierTypes']['items'][number];
export type Notifier = Schemas['Notifier'];
export type NotifierSettings = Schemas['NotifierSettings'];
export type TestOutcome = Schemas['TestOutcome'];
export type Token = Schemas['Token'];
export type CreatedToken = Schemas['CreatedToken'];
export type AuditEntry = Schemas['AuditEntry'];
export type Settings = Schemas['Settings'];
export type ProblemDetails = Schemas['Problem'];

/** Most urgent first: the order in which severities are shown. */
export const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** What a list answers: `next` is absent on the last page. */
export interface Page<Row> {
  items: Row[];
  next?: string;
  total: number;
}
