import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds Central; the built page talks to the address it came from. */
const central = process.env['BULWARK_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // data: addresses would be refused for fonts by Central's content security policy
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/api': central } },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://bulwark.test/' } },
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    css: false,
    env: { DEBUG_PRINT_LIMIT: '0' },
    testTimeout: 20_000,
    server: { deps: { inline: [/@patternfly/] } },
  },
});
