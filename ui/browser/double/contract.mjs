// Reads the contract and holds answers against it: enough of JSON Schema for what the contract uses.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const contract = parse(readFileSync(new URL('../../../apps/central/src/main/resources/openapi.yaml', import.meta.url), 'utf8'));

const resolve = (node) => (node?.$ref ? resolve(node.$ref.slice(2).split('/').reduce((at, name) => at[name], contract)) : node);

/** The contract's operation for a request, with its permission and the filter and sort fields. */
export function operationOf(method, path) {
  for (const [template, item] of Object.entries(contract.paths)) {
    const pattern = new RegExp('^' + template.replace(/\{\w+\}/g, '[^/]+') + '$');
    const operation = item[method.toLowerCase()];
    if (operation && pattern.test(path) && (template.includes('{') ? !(path in contract.paths) : true)) return { template, ...operation };
  }
  return undefined;
}

/** What an answer lacks or has wrong, as lines; empty where it keeps to the contract. */
export function faultsOf(operation, status, body) {
  const answer = resolve(operation.responses[status] ?? operation.responses.default);
  const schema = answer.content?.['application/json']?.schema ?? answer.content?.['application/problem+json']?.schema;
  return schema === undefined ? [] : faults(schema, body, '');
}

export function bodyFaults(operation, body) {
  const schema = operation.requestBody?.content['application/json'].schema;
  return schema === undefined ? [] : faults(schema, body, '');
}

function faults(node, value, at) {
  const schema = resolve(node);
  if (schema.allOf) return schema.allOf.flatMap((part) => faults(part, value, at));
  const found = [];
  if (schema.enum && !schema.enum.includes(value)) found.push(`${at}: ${JSON.stringify(value)} is none of ${schema.enum}`);
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${at}: an array is expected`];
    return value.flatMap((item, i) => faults(schema.items, item, `${at}[${i}]`));
  }
  if (schema.type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: an object is expected`];
    for (const name of schema.required ?? []) if (value[name] === undefined) found.push(`${at}.${name} is missing`);
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue;
      if (schema.properties?.[name]) found.push(...faults(schema.properties[name], field, `${at}.${name}`));
      else if (schema.additionalProperties === false) found.push(`${at}.${name} is not in the contract`);
    }
    return found;
  }
  const kind = { integer: 'number', string: 'string', boolean: 'boolean' }[schema.type];
  if (kind && typeof value !== kind) found.push(`${at}: a ${kind} is expected, not ${JSON.stringify(value)}`);
  if (schema.minLength && value.length < schema.minLength) found.push(`${at} is too short`);
  if (schema.maxLength && value.length > schema.maxLength) found.push(`${at} is too long`);
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) found.push(`${at} does not have the form ${schema.pattern}`);
  return found;
}
