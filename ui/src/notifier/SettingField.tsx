import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import type { Setting } from '../api/types';

interface Props {
  setting: Setting;
  value: string;
  /** A secret that is set already, and stays when left empty. */
  keepsSecret: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

const INPUTS = { TEXT: 'text', URL: 'url', SECRET: 'password', NUMBER: 'number' } as const;

/** One setting of a notifier, as its type describes it. */
export function SettingField({ setting, value, keepsSecret, error, onChange }: Props) {
  const id = `setting-${setting.name}`;
  if (setting.type === 'BOOLEAN') {
    return (
      <Checkbox
        id={id}
        label={setting.label}
        description={error ?? setting.help}
        isChecked={value === 'true'}
        onChange={(_event, checked) => onChange(String(checked))}
      />
    );
  }
  const isKept = setting.secret && keepsSecret;
  const help = [setting.help, isKept ? 'Left empty, it stays as it is.' : ''].filter((text) => text !== '').join(' ');
  return (
    <FormGroup label={setting.label} isRequired={setting.required && !isKept} fieldId={id}>
      <TextInput
        id={id}
        type={setting.secret ? 'password' : INPUTS[setting.type]}
        isRequired={setting.required && !isKept}
        autoComplete={setting.secret ? 'new-password' : 'off'}
        maxLength={10_000}
        value={value}
        onChange={(_event, text) => onChange(text)}
        validated={error === undefined ? 'default' : 'error'}
        aria-describedby={`${id}-help`}
      />
      <FormHelperText>
        <HelperText id={`${id}-help`}>
          <HelperTextItem variant={error === undefined ? 'default' : 'error'}>{error ?? help}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}
