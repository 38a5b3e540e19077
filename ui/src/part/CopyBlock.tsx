import { Button } from '@patternfly/react-core';
import { useState } from 'react';

/** Text to be copied whole, say a secret or a command. */
export function CopyBlock({ label, text }: { label: string; text: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused'); // browsers keep the clipboard to secure pages
    }
  };
  return (
    <div className="bw-copy" role="group" aria-label={label}>
      <code>{text}</code>
      <Button variant="secondary" size="sm" aria-label={`Copy the ${label}`} onClick={() => void copy()}>
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Select and copy it' : 'Copy'}
      </Button>
    </div>
  );
}
