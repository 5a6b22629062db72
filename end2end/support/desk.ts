import { expect } from "@playwright/test";
import type { Window } from "./fixtures.ts";

/** The sides of the control desk. */
export type Tab = "person" | "groups" | "time" | "faults" | "script" | "device";

/** Opens the window with one side of its desk in front, whatever the frame. */
export async function openDesk(window: Window, user: { id: number }, tab: Tab, query: Record<string, string> = {}) {
  const { frame, theme } = window.look;
  const address = new URLSearchParams({ user: String(user.id), frame, theme, tab, ...query });
  await window.page.goto(`${window.servers.sandbox}/?${address}`);
  await expect(window.telegram("chat")).toBeVisible();
  await showDesk(window);
  await expect(window.page.getByRole("tabpanel")).toBeVisible();
}

/** Where the window is the phone, the desk lies behind a button, or in the app's menu. */
export async function showDesk(window: Window) {
  if (window.look.frame === "full" && (await window.telegram("app-menu").isVisible())) {
    await window.telegram("app-menu").click();
    return window.telegram("desk-item").click();
  }
  const button = window.page.getByRole("button", { name: "Control desk" });
  if (await button.isVisible()) await button.click();
}

/** Turns a switch or a choice whose input lies under its drawing. */
export async function choose(window: Window, testid: string) {
  await window.telegram(testid).check({ force: true });
}
