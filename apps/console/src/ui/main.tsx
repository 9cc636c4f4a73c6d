import { render } from 'preact';
import { App } from './app';
import { openLive } from './lib/live';
import { followSystem } from './lib/theme';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/views.css';

followSystem();
openLive();
const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
}
