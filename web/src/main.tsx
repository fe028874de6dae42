import './theme/layers.css';
import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/print.css';
import { createRoot } from 'react-dom/client';
import { openSessionFromLink } from './api/open-session.ts';
import { queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { sessionQuestion } from './session/session.ts';
import { passOnStyleNonce } from './theme/style-nonce.ts';
import { startWords } from './words/words.ts';

passOnStyleNonce();
// Dates without a time are calendar dates everywhere; browsers that lack the type get it.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
await Promise.all([
  startWords(),
  openSessionFromLink().then(() => {
    // Asked before anything is shown, so that the answer is there early; nothing waits for it here.
    void queryClient.prefetchQuery(sessionQuestion);
  }),
]);

const root = document.getElementById('root');
if (root === null) throw new Error('The document has no place for the app.');
createRoot(root).render(<App />);
