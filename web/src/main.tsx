import { render } from 'preact';
import { App } from './app.tsx';
import { Paper } from './parts/paper.tsx';
import { loadResult } from './result.ts';
import './style/tokens.css';
import './style/layout.css';
import './style/list.css';
import './style/evidence.css';
import './style/counterexample.css';
import './style/findings.css';
import './style/overview.css';
import './style/print.css';

const screen = document.getElementById('report');
const paper = document.getElementById('print');
const loaded = loadResult(document);

if (screen !== null && paper !== null) {
  if (loaded.ok) {
    render(<App result={loaded.result} />, screen);
    // Paper is drawn when it is needed: a thousand opened findings are too many to keep beside the page.
    const draw = (): void => render(<Paper result={loaded.result} />, paper);
    const drop = (): void => render(null, paper);
    const query = matchMedia('print');
    addEventListener('beforeprint', draw);
    addEventListener('afterprint', drop);
    query.addEventListener('change', () => (query.matches ? draw() : drop()));
  } else {
    render(<p class="failure">{loaded.why}</p>, screen);
  }
}
