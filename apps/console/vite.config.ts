import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.LEDGERPOST_URL ?? 'http://127.0.0.1:4610';

export default defineConfig({
  plugins: [react()],
  // The API puts a fresh one in place of it each time that it answers the page.
  html: { cspNonce: 'NONCE-OF-THE-ANSWER' },
  build: {
    target: 'es2023',
    // A module preload polyfill would be an inline script, which the page's policy forbids.
    modulePreload: { polyfill: false },
    // Small files stay files: a data: address in a style would need more than 'self'.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // A test bounds the size, by what goes over the wire.
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/v1': api, '/docs': api, '/openapi.json': api } },
});
