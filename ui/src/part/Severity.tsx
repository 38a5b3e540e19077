import { SeverityCriticalIcon } from '@patternfly/react-icons/dist/esm/icons/severity-critical-icon';
import { SeverityImportantIcon } from '@patternfly/react-icons/dist/esm/icons/severity-important-icon';
import { SeverityMinorIcon } from '@patternfly/react-icons/dist/esm/icons/severity-minor-icon';
import { SeverityModerateIcon } from '@patternfly/react-icons/dist/esm/icons/severity-moderate-icon';
import { SEVERITIES, type Severity, type SeverityCounts } from '../api/types';

const SHOWN = {
  CRITICAL: { label: 'Critical', Icon: SeverityCriticalIcon },
  HIGH: { label: 'High', Icon: SeverityImportantIcon },
  MEDIUM: { label: 'Medium', Icon: SeverityModerateIcon },
  LOW: { label: 'Low', Icon: SeverityMinorIcon },
} as const;

export function severityName(severity: Severity): string {
  return SHOWN[severity].label;
}

/** A severity by shape, colour and word, so that none of the three is needed alone. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { label, Icon } = SHOWN[severity];
  return (
    <span className={`bw-severity bw-severity-${severity}`}>
      <Icon aria-hidden />
      <span>{label}</span>
    </span>
  );
}

/** Counts by severity in one line, most urgent first; zeros are left out. */
export function SeverityLine({ counts }: { counts: SeverityCounts }) {
  const present = SEVERITIES.filter((severity) => counts[severity] > 0);
  if (present.length === 0) return <span className="bw-quiet">none</span>;
  return (
    <ul className="bw-severity-line" aria-label={`${counts.total} open alerts`}>
      {present.map((severity) => {
        const { label, Icon } = SHOWN[severity];
        return (
          <li key={severity} className={`bw-severity bw-severity-${severity}`} title={label}>
            <Icon aria-hidden />
            <span>{counts[severity].toLocaleString('en')}</span>
            <span className="pf-v6-screen-reader">{label}</span>
          </li>
        );
      })}
    </ul>
  );
}

export const SEVERITY_OPTIONS = SEVERITIES.map((severity) => ({ value: severity, label: SHOWN[severity].label }));
