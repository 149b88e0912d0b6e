/** Bounds that keep reading a policy fast whatever its text holds. */
export const YAML_LIMITS = {
  /** UTF-16 code units of the whole text. */
  length: 262_144,
  /** Maps and lists inside each other; a policy needs five. */
  depth: 16,
  /** Uses of anchors. */
  aliases: 100,
} as const;
