import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core';
import type { ReactNode } from 'react';

export type Fact = readonly [label: string, value: ReactNode];

/** Names and values; those that do not apply are left out. */
export function Facts({ facts, columns = 1 }: { facts: readonly (Fact | false)[]; columns?: 1 | 2 | 3 }) {
  return (
    <DescriptionList isCompact columnModifier={columns === 1 ? {} : { default: '1Col', md: `${columns}Col` }}>
      {facts
        .filter((fact) => fact !== false)
        .map(([label, value]) => (
          <DescriptionListGroup key={label}>
            <DescriptionListTerm>{label}</DescriptionListTerm>
            <DescriptionListDescription>{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
    </DescriptionList>
  );
}
