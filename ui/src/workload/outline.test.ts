import { expect, it } from 'vitest';
import { lines } from './outline';

it('writes a document as YAML without its empty fields', () => {
  const document = { kind: 'Deployment', labels: {}, replicas: null, containers: [{ name: 'web', image: 'shop/web:2.1', args: ['--port', '80', 'a: b'] }], privileged: true };

  expect(lines(document)).toEqual(['kind: Deployment', 'containers:', '  - name: web', '    image: shop/web:2.1', '    args:', '      - "--port"', '      - "80"', '      - "a: b"', 'privileged: true']);
});
