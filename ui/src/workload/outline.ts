const DEEPEST = 50;

/** A JSON value as lines of YAML, for reading: empty fields are left out, texts are quoted where YAML needs it. */
export function lines(value: unknown, depth = 0): string[] {
  const pad = '  '.repeat(depth);
  if (depth > DEEPEST) return [pad + '…'];
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const inner = lines(item, depth + 1);
      if (inner.length === 0) return [pad + '- ' + (isObject(item) ? '{}' : '[]')];
      return [pad + '- ' + inner[0]!.slice(pad.length + 2), ...inner.slice(1)];
    });
  }
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, field]) => {
      if (isEmpty(field)) return [];
      if (!isObject(field)) return [pad + text(name) + ': ' + text(field)];
      return [pad + text(name) + ':', ...lines(field, depth + 1)];
    });
  }
  return [pad + text(value)];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (isObject(value) && Object.keys(value).length === 0);
}

function text(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z_./][\w ./@%+=-]*(:[\w./@%+=-]+)*$/.test(value) && !/^(true|false|null|yes|no|on|off)$|\s$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
