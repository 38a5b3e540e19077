import { Label } from '@patternfly/react-core';
import { Fragment } from 'react';
import type { MitreVector } from '../api/types';

/** The tactics of MITRE ATT&CK for Enterprise, by their identifiers. */
const TACTICS: Record<string, string> = {
  TA0001: 'Initial Access',
  TA0002: 'Execution',
  TA0003: 'Persistence',
  TA0004: 'Privilege Escalation',
  TA0005: 'Defense Evasion',
  TA0006: 'Credential Access',
  TA0007: 'Discovery',
  TA0008: 'Lateral Movement',
  TA0009: 'Collection',
  TA0010: 'Exfiltration',
  TA0011: 'Command and Control',
  TA0040: 'Impact',
  TA0042: 'Resource Development',
  TA0043: 'Reconnaissance',
};

/** What an attacker does with such a weakness, in ATT&CK's words. */
export function Mitre({ vectors }: { vectors: readonly MitreVector[] }) {
  if (vectors.length === 0) return null;
  return (
    <dl className="bw-mitre" aria-label="MITRE ATT&amp;CK">
      {vectors.map((vector) => (
        <Fragment key={vector.tactic}>
          <dt>ATT&amp;CK {TACTICS[vector.tactic] ?? vector.tactic}</dt>
          <dd>
            {(vector.techniques.length === 0 ? [vector.tactic] : vector.techniques).map((technique) => (
              <Label key={technique} isCompact variant="outline">{technique}</Label>
            ))}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
