import { ExpandableSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { Dashboard } from '../api/types';
import { layout, WIDTH, HEIGHT } from './chart';

type Day = Dashboard['timeline'][number];

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function dayName(day: Day): string {
  return DATE.format(new Date(day.day + 'T00:00:00Z'));
}

/** Open alerts as an area, with what was opened and resolved each day below it. The same figures stand in a table. */
export function Timeline({ days }: { days: readonly Day[] }) {
  const [at, setAt] = useState<number>();
  if (days.length === 0) return <p className="bw-quiet">There are no figures yet.</p>;
  const { area, line, ticks, slots, middle } = layout(days);
  const shown = days[at ?? days.length - 1]!;
  return (
    <figure className="bw-chart">
      <figcaption aria-live="off">
        <strong>{at === undefined ? 'Today' : dayName(shown)}</strong>: {shown.open.toLocaleString('en')} open
        <span className="bw-key bw-key-opened">{shown.opened.toLocaleString('en')} opened</span>
        <span className="bw-key bw-key-resolved">{shown.resolved.toLocaleString('en')} resolved</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Open alerts over ${days.length} days; now ${days.at(-1)!.open}`} onPointerLeave={() => setAt(undefined)}>
        {ticks.map((tick) => (
          <g key={tick.value}>
            <line className="bw-grid" x1={slots[0]!.x} x2={WIDTH} y1={tick.y} y2={tick.y} />
            <text className="bw-tick" x={slots[0]!.x - 6} y={tick.y + 4} textAnchor="end">{tick.value.toLocaleString('en')}</text>
          </g>
        ))}
        <path className="bw-area" d={area} />
        <path className="bw-line" d={line} />
        <line className="bw-grid" x1={slots[0]!.x} x2={WIDTH} y1={middle} y2={middle} />
        {slots.map((slot, index) => (
          <g key={days[index]!.day}>
            <rect className="bw-opened" x={slot.x + slot.width * 0.2} width={slot.width * 0.6} y={middle - slot.opened} height={slot.opened} />
            <rect className="bw-resolved" x={slot.x + slot.width * 0.2} width={slot.width * 0.6} y={middle} height={slot.resolved} />
            <rect className={at === index ? 'bw-slot bw-slot-here' : 'bw-slot'} x={slot.x} width={slot.width} y={0} height={HEIGHT - 18} onPointerEnter={() => setAt(index)} />
            {index % 7 === days.length % 7 && (
              <text className="bw-tick" x={slot.x + slot.width / 2} y={HEIGHT - 3} textAnchor="middle">{dayName(days[index]!)}</text>
            )}
          </g>
        ))}
      </svg>
      <ExpandableSection toggleText="The same as a table">
        <div className="bw-chart-table">
          <Table aria-label="Alerts by day" variant="compact" borders={false}>
            <Thead><Tr><Th>Day</Th><Th>Opened</Th><Th>Resolved</Th><Th>Open</Th></Tr></Thead>
            <Tbody>
              {[...days].reverse().map((day) => (
                <Tr key={day.day}><Td dataLabel="Day">{dayName(day)}</Td><Td dataLabel="Opened">{day.opened}</Td><Td dataLabel="Resolved">{day.resolved}</Td><Td dataLabel="Open">{day.open}</Td></Tr>
              ))}
            </Tbody>
          </Table>
        </div>
      </ExpandableSection>
    </figure>
  );
}
