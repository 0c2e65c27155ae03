import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

// Django serves index.html for every place and dist/ below /static/app/.
export default defineConfig(({ mode }) => ({
  base: "/static/app/",
  plugins: [svelte(), ...(mode === "test" ? [svelteTesting()] : [])],
  build: { manifest: true, target: "es2022", sourcemap: false, assetsInlineLimit: 0 },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    pool: "vmThreads", // a world for each file in one process: new processes took most of the time
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
}));
