import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath, FLAGS } from '../../scripts/chromium.cjs';

export interface WindowOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A browser with a fresh profile. Remembers what its pages complained about, and every address they asked for. */
export class TestBrowser {
  readonly complaints: string[] = [];
  readonly requested = new Set<string>();
  readonly bodies: Promise<string>[] = [];

  readonly #context: BrowserContext;
  readonly #profile: string;

  private constructor(context: BrowserContext, profile: string) {
    this.#context = context;
    this.#profile = profile;
  }

  static async open({ colorScheme = 'light', width = 1280, height = 900 }: WindowOptions = {}): Promise<TestBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      args: FLAGS,
      headless: true,
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width, height },
      locale: 'en-GB',
    });
    context.setDefaultTimeout(20_000);
    return new TestBrowser(context, profile);
  }

  async window(url: string): Promise<Page> {
    const page = await this.#context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // A connection that is gone is what some tests are about; the browser says so in its own words.
      if (message.type() === 'error' && !/ERR_|Failed to load resource/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
    page.on('request', (request) => this.requested.add(new URL(request.url()).origin));
    page.on('response', (response) => {
      if (!/event-stream/.test(response.headers()['content-type'] ?? '')) {
        this.bodies.push(response.text().catch(() => ''));
      }
    });
    await page.goto(url);
    return page;
  }

  /** Closes every window, and keeps the browser. */
  async closeWindows(): Promise<void> {
    await Promise.all(this.#context.pages().map((page) => page.close()));
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}
