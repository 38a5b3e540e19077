import { Badge, MenuToggle, Select, SelectList, SelectOption, ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { choose, chosen, write } from './language';
import type { List } from './useList';

interface FacetProps<Row> {
  list: List<Row>;
  field: string;
  label: string;
  /** The values to choose from, with the words that people read. */
  options: readonly { value: string; label: string }[];
  /** What holds where nothing is chosen. */
  otherwise?: string;
}

/** A menu of values of one field, of which several can be chosen: any of them may hold. */
export function Facet<Row>({ list, field, label, options, otherwise }: FacetProps<Row>) {
  const [isOpen, setOpen] = useState(false);
  const values = chosen(list.terms, field).map((value) => value.toLowerCase());
  const isChosen = (value: string) => values.includes(value.toLowerCase());
  const toggle = (value: string) => {
    const next = options.map((option) => option.value).filter((other) => (other === value ? !isChosen(other) : isChosen(other)));
    list.setFilter(write(choose(list.terms, field, next)));
  };
  return (
    <ToolbarItem>
      <Select
        role="menu"
        shouldFocusFirstItemOnOpen
        isOpen={isOpen}
        onOpenChange={setOpen}
        onSelect={(_event, value) => toggle(String(value))}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            isExpanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            isDisabled={list.filterError !== undefined}
            badge={values.length > 0 ? <Badge isRead>{values.length}</Badge> : undefined}
          >
            {values.length === 0 && otherwise !== undefined ? `${label}: ${otherwise}` : label}
          </MenuToggle>
        )}
        isScrollable
        maxMenuHeight="20rem"
      >
        <SelectList aria-label={label}>
          {options.map((option) => (
            <SelectOption key={option.value} hasCheckbox value={option.value} isSelected={isChosen(option.value)}>
              {option.label}
            </SelectOption>
          ))}
        </SelectList>
      </Select>
    </ToolbarItem>
  );
}

interface ChoiceProps<Row> {
  list: List<Row>;
  field: string;
  label: string;
  /** The choices; one without a value leaves the field out. */
  options: readonly { value?: string; label: string }[];
}

/** A row of buttons for one field of which exactly one value, or none, holds. */
export function Choice<Row>({ list, field, label, options }: ChoiceProps<Row>) {
  const values = chosen(list.terms, field);
  return (
    <ToolbarItem>
      <ToggleGroup aria-label={label}>
        {options.map((option) => (
          <ToggleGroupItem
            key={option.label}
            text={option.label}
            buttonId={`${field}-${option.value ?? 'any'}`}
            isSelected={option.value === undefined ? values.length === 0 : values.length === 1 && values[0] === option.value}
            isDisabled={list.filterError !== undefined}
            onChange={() => list.setFilter(write(choose(list.terms, field, option.value === undefined ? [] : [option.value])))}
          />
        ))}
      </ToggleGroup>
    </ToolbarItem>
  );
}

/** The user's workloads, the platform's (kube-system and kin), or both. */
export const PLATFORM_CHOICES = [
  { value: 'false', label: 'Yours' },
  { value: 'true', label: 'Platform' },
  { label: 'All' },
] as const;
