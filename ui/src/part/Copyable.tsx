import { ClipboardCopy } from '@patternfly/react-core';

/** Text to be copied whole, say a secret or a command. */
export function Copyable({ label, text, isBlock = false }: { label: string; text: string; isBlock?: boolean }) {
  return (
    <ClipboardCopy
      isReadOnly
      isCode
      hoverTip={`Copy the ${label}`}
      clickTip="Copied"
      textAriaLabel={label}
      {...(isBlock ? { variant: 'expansion', isExpanded: true } : {})}
    >
      {text}
    </ClipboardCopy>
  );
}
