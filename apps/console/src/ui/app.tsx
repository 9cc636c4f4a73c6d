import { useEffect } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import type { SessionView } from '../wire/types';
import { ConnectionBanner } from './components/connection-banner';
import { Header } from './components/header';
import { SessionContext } from './lib/session';
import { useData } from './lib/use-data';
import { ExecutionPage } from './views/execution/execution-page';
import { ExecutionsPage } from './views/executions/executions-page';
import { InboxPage } from './views/inbox/inbox-page';
import { NotFound } from './views/not-found';
import { StartPage } from './views/start/start-page';
import { WaitingPage } from './views/waiting/waiting-page';

export function App() {
  const { value: session } = useData<SessionView>('/api/session');
  return (
    <SessionContext.Provider value={session}>
      <LocationProvider>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Header />
        <ConnectionBanner />
        <Main />
      </LocationProvider>
    </SessionContext.Provider>
  );
}

function Main() {
  const { path } = useLocation();
  useEffect(() => window.scrollTo(0, 0), [path]);
  return (
    <main id="main" tabIndex={-1}>
      <Router>
        <Route path="/" component={ExecutionsPage} />
        <Route path="/executions/:stateMachine/:name" component={ExecutionPage} />
        <Route path="/waiting" component={WaitingPage} />
        <Route path="/inbox" component={InboxPage} />
        <Route path="/start" component={StartPage} />
        <Route default component={NotFound} />
      </Router>
    </main>
  );
}
