import type { FullConfig, Reporter, Suite, TestCase, TestResult } from "@playwright/test/reporter";
import { SDKS } from "./sdks.ts";

const OUTCOMES = { passed: "passed", skipped: "skipped" } as Record<string, string>;

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Prints each outcome as a line of JSON, as the suites of the Bot API's clients do. */
export default class Lines implements Reporter {
  onBegin(_: FullConfig, all: Suite) {
    const names = all.suites.map(({ title }) => title);
    for (const { name, version } of SDKS) if (names.includes(name)) say({ client: name, version });
  }

  onTestEnd(test: TestCase, result: TestResult) {
    const outcome = OUTCOMES[result.status] ?? "failed";
    const reason = test.annotations.find(({ type }) => type === "skip")?.description;
    const why = outcome === "failed" ? (result.error?.stack ?? result.error?.message) : reason;
    say({ check: test.title, outcome, why: why ?? "" });
  }

  printsToStdio() {
    return true;
  }
}
