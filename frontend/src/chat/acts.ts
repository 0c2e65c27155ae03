/** One line of a message's menu. */
import type { Component } from "svelte";

export interface Act {
  label: string;
  icon?: Component;
  danger?: boolean;
  act: () => void;
}
