import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { server } from './server';

// What jsdom lacks and PatternFly asks for.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof ResizeObserver;
// Pages are loaded when first shown, which takes longer on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// Wide enough for the navigation to stay open.
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1440 });
window.innerWidth = 1440;
Element.prototype.scrollTo ??= () => undefined;

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
});
afterAll(() => server.close());
