import { CodeBlock, CodeBlockAction, CodeBlockCode, Button, Alert } from '@patternfly/react-core';
import { useState } from 'react';
import { lines } from './outline';

const LINES_SHOWN = 2_000;

/** A stored document, written as YAML; fields without a value are left out. */
export function Document({ document }: { document: unknown }) {
  const [copied, setCopied] = useState(false);
  const all = lines(document);
  const copy = async () => {
    await navigator.clipboard.writeText(all.join('\n') + '\n');
    setCopied(true);
  };
  return (
    <>
      {all.length > LINES_SHOWN && (
        <Alert isInline isPlain variant="info" title={`The first ${LINES_SHOWN} of ${all.length} lines; copying takes them all.`} />
      )}
      <CodeBlock
        actions={
          <CodeBlockAction>
            <Button variant="link" size="sm" onClick={() => void copy()}>{copied ? 'Copied' : 'Copy'}</Button>
          </CodeBlockAction>
        }
      >
        <CodeBlockCode>{all.slice(0, LINES_SHOWN).join('\n')}</CodeBlockCode>
      </CodeBlock>
    </>
  );
}
