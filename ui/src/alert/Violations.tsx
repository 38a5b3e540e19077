import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { Violation } from '../api/types';

const SHOWN_AT_MOST = 200;

/** Which field of which container has which value, by the policy's sections. */
export function Violations({ violations }: { violations: readonly Violation[] }) {
  const sections = [...new Set(violations.slice(0, SHOWN_AT_MOST).map((violation) => violation.section))];
  return (
    <>
      {sections.map((section) => (
        <div key={section} className="bw-section">
          {section !== '' && <h3>{section}</h3>}
          <Table aria-label={section === '' ? 'Violations' : `Violations: ${section}`} variant="compact" gridBreakPoint="grid-lg">
            <Thead>
              <Tr>
                <Th>What is wrong</Th>
                <Th>Container</Th>
                <Th>Field</Th>
                <Th>Value found</Th>
              </Tr>
            </Thead>
            <Tbody>
              {violations
                .slice(0, SHOWN_AT_MOST)
                .filter((violation) => violation.section === section)
                .map((violation, index) => (
                  <Row key={index} violation={violation} />
                ))}
            </Tbody>
          </Table>
        </div>
      ))}
      {violations.length > SHOWN_AT_MOST && (
        <p className="bw-quiet">The first {SHOWN_AT_MOST} of {violations.length} violations are shown.</p>
      )}
    </>
  );
}

function Row({ violation }: { violation: Violation }) {
  return (
    <Tr>
      <Td dataLabel="What is wrong">
        {violation.message}
        <div className="bw-quiet">{violation.criterion}</div>
      </Td>
      <Td dataLabel="Container">
        {violation.container === '' ? <span className="bw-quiet">whole workload</span> : <strong>{violation.container}</strong>}
      </Td>
      <Td dataLabel="Field">
        {violation.fieldPath === '' ? <span className="bw-quiet">none</span> : <code className="bw-path">{breakable(violation.fieldPath)}</code>}
      </Td>
      <Td dataLabel="Value found">
        {violation.value === '' ? <span className="bw-quiet">not set</span> : <code className="bw-value">{violation.value}</code>}
      </Td>
    </Tr>
  );
}

/** A field path that may be broken into lines after its dots. */
function breakable(path: string) {
  return path.split(/(?<=\.)/).map((piece, index) => (
    <span key={index}>{piece}<wbr /></span>
  ));
}
