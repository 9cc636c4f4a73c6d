/**
 * What a newcomer does with the console, in a real browser against the real runtime: starts a task, sees it wait, answers
 * it, watches it finish; finds one that failed and reads why.
 */
import type { Page } from 'playwright-core';
import { violationsOn } from './axe';
import { TestBrowser } from './chromium';
import { type Runtime, startRuntime } from './processes';

let runtime: Runtime;
let browser: TestBrowser;

beforeAll(async () => {
  runtime = await startRuntime();
  browser = await TestBrowser.open();
}, 120_000);
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser?.close();
  await runtime?.end();
});

const startTask = async (body: unknown): Promise<string> => {
  const response = await fetch(`${runtime.workflowApi}tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return ((await response.json()) as { taskId: string }).taskId;
};

const open = (path = '') => browser.window(`${runtime.consoleUrl}${path}`);
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

describe('a console with nothing to show', () => {
  it('says what to do, on every page', async () => {
    const page = await open();
    await page.getByText('No executions yet').waitFor();
    await page.getByRole('link', { name: 'Waiting' }).click();
    await page.getByText('Nothing is waiting').waitFor();
    await page.getByRole('link', { name: 'Start a task whose service stays silent' }).click();
    await heading(page, 'Start').waitFor();
    expect(await page.getByRole('radio', { name: /Stays silent/ }).isChecked()).toBe(true);
  });

  it('says so when there is no such page and no such execution', async () => {
    const page = await open('nowhere');
    await page.getByText('Page not found').waitFor();
    await page.goto(`${runtime.consoleUrl}executions/dev-Workflow/nobody`);
    await page.getByText('Execution not found', { exact: true }).waitFor();
  });
});

describe('a task that waits', () => {
  it('is started, answered and seen to finish without leaving the console or reloading it', async () => {
    const page = await open('start?pattern=task&outcome=silent');
    await page.getByLabel('Heartbeat (seconds)').fill('120');
    await page.getByRole('button', { name: 'Start' }).click();
    await heading(page, /Waiting in “Request external service with heartbeat”/).waitFor();
    await page.getByText('No callback has arrived yet').waitFor();
    await page
      .getByText(/^in \d+ min/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Request external service with heartbeat ?: waiting/ }).waitFor();

    await page.getByRole('button', { name: 'Heartbeat', exact: true }).click();
    await page.getByText(/POST .*heartbeat/).waitFor();
    await page.getByRole('button', { name: 'Succeed', exact: true }).click();
    await heading(page, /Succeeded after/).waitFor();
    await page.getByRole('button', { name: /^Finalize ?: succeeded/ }).waitFor();
    await page.getByRole('row').filter({ hasText: 'ExecutionSucceeded' }).waitFor();
  });

  it('shows up in the list of the waiting ones, with whom, since when, until when', async () => {
    const id = await startTask({ input: { mock: { outcome: 'silent' } }, timeoutSeconds: 900 });
    const page = await open('waiting');
    const card = page.getByRole('listitem').filter({ hasText: id });
    await card.getByText('the mock external service').waitFor();
    await card.getByText(/^in 14 min/).waitFor();
    await card.getByText('What if…').click();
    await card.getByRole('button', { name: 'Use a wrong token' }).click();
    await card.getByText('403', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Contradict yourself' }).click();
    const answered = page
      .getByRole('region', { name: 'Answers sent from this page' })
      .getByRole('listitem')
      .filter({ hasText: id });
    await answered.getByText('200', { exact: true }).waitFor();
    await answered.getByText('409', { exact: true }).waitFor();
  });
});

describe('an execution that failed', () => {
  it('is found by its status, and says why at a glance', async () => {
    const id = await startTask({ input: { order: 8, mock: { outcome: 'fail' } } });
    const page = await open();
    await page.getByRole('button', { name: /^Failed/ }).click();
    await page.getByRole('link', { name: id }).click();
    await heading(page, 'Failed in “Request external service”: MockFailure').waitFor();
    await page.getByText('The external service reported a failure in its callback.').waitFor();
    await page.goBack();
    expect(page.url()).toContain('status=FAILED');
  });

  it('says when nobody answered in time', async () => {
    const id = await startTask({ input: { mock: { outcome: 'silent' } }, timeoutSeconds: 1 });
    const page = await open(`executions/dev-Workflow/${id}`);
    await page.getByText('The task timed out without a result.').waitFor();
  });

  it('shows each attempt when the service was unavailable at first', async () => {
    const id = await startTask({ input: { mock: { outcome: 'flaky' } } });
    const page = await open(`executions/dev-Workflow/${id}`);
    await heading(page, /Succeeded after/).waitFor();
    await heading(page, 'Attempt 2').waitFor();
    await page.getByText('The external service answered 503').first().waitFor();
  });
});

describe('a composite', () => {
  it('shows its iterations, opens a sub-workflow, and the way back', async () => {
    const page = await open('start?pattern=composite');
    await page.getByLabel(/Names/).fill('corge\ngrault\ngarply');
    await page.getByRole('button', { name: 'Start' }).click();
    await heading(page, /Succeeded after/).waitFor();
    await page.getByText('3 of 3 iterations succeeded').waitFor();
    await page.getByRole('button', { name: 'Iteration 2: Succeeded' }).click();
    expect(await page.getByLabel('Iteration of Sub-workflows').inputValue()).toBe('1');
    await page.getByRole('link', { name: 'Open the sub-workflow →' }).first().click();
    await page.getByRole('link', { name: /started by/ }).waitFor();
    await page.getByText('"grault"').filter({ visible: true }).first().waitFor();
    await page.getByRole('link', { name: /started by/ }).click();
    await page.getByText('3 of 3 iterations succeeded').waitFor();
  });
});

describe('the other patterns', () => {
  it('lead to the same execution when the same start is sent twice', async () => {
    const page = await open('start?pattern=idempotent');
    const start = async () => {
      await page.getByLabel('Name', { exact: true }).fill('order-twice');
      await page.getByLabel('Takes (seconds)').fill('1');
      await page.getByRole('button', { name: 'Start' }).click();
      await heading(page, 'order-twice').waitFor();
    };
    await start();
    await page.goBack();
    await start();
    await page.goto(`${runtime.consoleUrl}?name=order-twice`);
    await page.getByText('1 execution', { exact: true }).waitFor();
  });

  it('show what an API refused', async () => {
    const page = await open('start?pattern=idempotent');
    await page.getByLabel('Name', { exact: true }).fill('no/good');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText(/^422/).waitFor();
  });

  it('show a Map with an iteration for each number', async () => {
    const page = await open('start?pattern=lambda');
    await page.getByLabel('Count of numbers').fill('4');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('4 of 4 iterations succeeded').waitFor();
  });
});

describe('the timeline', () => {
  it('is searched in payloads too', async () => {
    const id = await startTask({ input: { needle: 'in-a-haystack' } });
    const page = await open(`executions/dev-Workflow/${id}`);
    await heading(page, /Succeeded after/).waitFor();
    await page.getByLabel('Search in events and payloads').fill('haystack TaskScheduled');
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.getByText('TaskScheduled').click();
    await page.getByText('[redacted]').filter({ visible: true }).first().waitFor();
  });
});

describe('two windows at once', () => {
  it('both see what happens, and what one of them does, without being reloaded', async () => {
    const [list, waiting] = await Promise.all([open(), open('waiting')]);
    const id = await startTask({ input: { mock: { outcome: 'silent' } } });
    const row = list.getByRole('row').filter({ hasText: id });
    await row.getByText('Running').waitFor();
    const card = waiting.getByRole('listitem').filter({ hasText: id });
    await card.getByRole('button', { name: 'Succeed', exact: true }).click();
    await row.getByText('Succeeded').waitFor();
    await card.getByRole('button', { name: 'Succeed', exact: true }).waitFor({ state: 'detached' });
  });
});

describe('with the keyboard alone', () => {
  it('a task is started and answered', async () => {
    const page = await open('waiting');
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(
          'document.activeElement?.ariaLabel || document.activeElement?.textContent || ""',
        );
        if (String(focused).trim() === name) {
          return;
        }
      }
      throw new Error(`“${name}” cannot be reached with the Tab key`);
    };
    await tabTo('Start');
    await page.keyboard.press('Enter');
    await heading(page, 'Start').waitFor();
    await page.getByRole('radio', { name: /Succeeds/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.getByLabel('Timeout (seconds)').press('Enter');
    await heading(page, /Waiting in/).waitFor();
    await tabTo('Succeed');
    await page.keyboard.press('Enter');
    await heading(page, /Succeeded after/).waitFor();
  });
});

/** Names that are higher than their states, and a chosen state that is out of sight. */
const BADLY_DRAWN = `[
  ...[...document.querySelectorAll('.node-button')].filter((it) =>
    it.querySelector('.node-text').offsetHeight + 4 > it.clientHeight).map((it) => 'cuts off: ' + it.innerText),
  ...[...document.querySelectorAll('.node-button[aria-pressed="true"]')].filter((it) => {
    const [node, frame] = [it.getBoundingClientRect(), it.closest('.graph').getBoundingClientRect()];
    return node.left < frame.left || node.right > frame.right;
  }).map((it) => 'hides: ' + it.innerText),
]`;

describe('for everybody', () => {
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'axe finds nothing wrong in %s at %d px, nothing is wider than the window, and the graph shows what matters',
    async (colorScheme, width) => {
      const failed = await startTask({ input: { mock: { outcome: 'fail' } } });
      const silent = await startTask({ input: { mock: { outcome: 'silent' } }, heartbeatSeconds: 600 });
      const other = await TestBrowser.open({ colorScheme, width });
      const page = await other.window(`${runtime.consoleUrl}executions/dev-Workflow/${failed}`);
      await heading(page, /Failed in/).waitFor();
      const found: string[] = [];
      const paths = [
        `executions/dev-Workflow/${failed}`,
        `executions/dev-Workflow/${silent}`,
        '',
        'waiting',
        'start',
        'start?pattern=composite',
        'nowhere',
      ];
      for (const path of paths) {
        await page.goto(`${runtime.consoleUrl}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('load');
        await page.waitForTimeout(400);
        found.push(...(await violationsOn(page)).map((violation) => `/${path} ${violation}`));
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        if (Number(wide) > width) {
          found.push(`/${path} is ${wide} px wide`);
        }
        found.push(...(await page.evaluate<string[]>(BADLY_DRAWN)).map((what) => `/${path} ${what}`));
      }
      await other.close();
      expect(found).toEqual([]);
    },
  );
});

describe('all the time', () => {
  it('nothing is loaded from outside, and no page complains', () => {
    expect([...browser.requested]).toEqual([new URL(runtime.consoleUrl).origin]);
    expect(browser.complaints).toEqual([]);
  });
});
