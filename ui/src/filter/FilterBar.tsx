import {
  Button,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Popover,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { OutlinedQuestionCircleIcon } from '@patternfly/react-icons/dist/esm/icons/outlined-question-circle-icon';
import { useEffect, useState, type ReactNode } from 'react';
import { FIELDS, type ListPath } from './fields';
import { FilterError, parse } from './language';
import type { List } from './useList';

interface Props<Row> {
  list: List<Row>;
  /** What is searched by bare words, for the box's placeholder. */
  words: string;
  /** Menus that write terms of the filter. */
  children?: ReactNode;
  /** What stands at the far end. */
  actions?: ReactNode;
}

/**
 * The filter as menus and as the text that the menus write: the same text works in the command line and the API. Typing
 * takes effect with Enter.
 */
export function FilterBar<Row>({ list, words, children, actions }: Props<Row>) {
  const [draft, setDraft] = useState(list.filter);
  const [error, setError] = useState<string | undefined>(list.filterError);
  useEffect(() => {
    setDraft(list.filter);
    setError(list.filterError);
  }, [list.filter, list.filterError]);

  const submit = (text: string) => {
    try {
      parse(text, FIELDS[list.path]);
      setError(undefined);
      list.setFilter(text.trim());
    } catch (problem) {
      if (!(problem instanceof FilterError)) throw problem;
      setError(problem.message);
    }
  };

  return (
    <search aria-label="Filter">
      <Toolbar className="bw-filter" clearAllFilters={list.resetFilter}>
        <ToolbarContent>
          {children}
          <ToolbarItem className="bw-filter-text">
            <SearchInput
              aria-label="Filter expression"
              aria-describedby={error === undefined ? undefined : 'filter-error'}
              aria-invalid={error !== undefined}
              placeholder={`Search ${words}, or field:value`}
              value={draft}
              onChange={(_event, value) => setDraft(value)}
              onSearch={(_event, value) => submit(value)}
              onClear={() => submit('')}
              submitSearchButtonLabel="Apply the filter"
              resetButtonLabel="Clear the filter"
              spellCheck={false}
              autoComplete="off"
            />
          </ToolbarItem>
          <ToolbarItem>
            <FilterHelp path={list.path} />
          </ToolbarItem>
          {!list.isDefaultFilter && (
            <ToolbarItem>
              <Button variant="link" isInline onClick={list.resetFilter}>
                Reset
              </Button>
            </ToolbarItem>
          )}
          {actions !== undefined && <ToolbarItem align={{ default: 'alignEnd' }}>{actions}</ToolbarItem>}
        </ToolbarContent>
      </Toolbar>
      {error !== undefined && (
        <FormHelperText className="bw-filter-error">
          <HelperText id="filter-error" isLiveRegion>
            <HelperTextItem variant="error">{error}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </search>
  );
}

function FilterHelp({ path }: { path: ListPath }) {
  return (
    <Popover
      headerContent="Filters"
      headerComponent="h2"
      maxWidth="30rem"
      bodyContent={
        <div className="bw-filter-help">
          <p>Terms separated by blanks; all of them must hold. Press Enter to apply.</p>
          <dl>
            <dt><code>namespace:shop,blog</code></dt><dd>either</dd>
            <dt><code>-namespace:dev</code></dt><dd>not</dd>
            <dt><code>name:"with blanks"</code></dt><dd>quotes</dd>
            <dt><code>namespace:team-*</code></dt><dd>any text for *</dd>
            <dt><code>changedAt:&gt;2026-11-01</code></dt><dd>dates and numbers: &gt; &gt;= &lt; &lt;=</dd>
            <dt><code>web</code></dt><dd>a word, searched in names</dd>
          </dl>
          <p>Fields here: {FIELDS[path].map((field) => <code key={field}>{field}</code>)}</p>
        </div>
      }
    >
      <Button variant="plain" aria-label="How to write filters" icon={<OutlinedQuestionCircleIcon />} />
    </Popover>
  );
}
