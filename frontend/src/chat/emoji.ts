/** What people press most. */
export const QUICK = ["👍", "❤️", "😂", "😮", "🎉", "🙏"] as const;
